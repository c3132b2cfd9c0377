package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Templates of actions, and which values are inserted. */
class TemplateTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withBean(FreeSwitchAdapter.class)
          .withUserConfiguration(Properties.class);

  @EnableConfigurationProperties(FreeSwitchProperties.class)
  static class Properties {}

  @ParameterizedTest
  @CsvSource({
    "user/{extension}@${domain_name}, user/1001@${domain_name}",
    "{extension}{extension}, 10011001",
    "{leg_timeout=20}user/{extension}, {leg_timeout=20}user/1001",
    "${extension}, ${extension}"
  })
  void onlyNamesInBracesWithoutADollarAreReplaced(String template, String text) {
    assertThat(Template.parse("x", template, Set.of("extension")).expand((name, whole) -> "1001"))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"user/{extention}", "user/{extension}\nx", "{number}"})
  void invalidTemplatesAreNamed(String template) {
    assertThatThrownBy(() -> Template.parse("routing.x", template, Set.of("extension", "domain")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("routing.x: '")
        .hasMessageEndingWith("the only names in braces are domain, extension)");
  }

  @Test
  void invalidSettingStopsTheStart() {
    runner
        .withPropertyValues(FreeSwitchProperties.PREFIX + ".dial-extension=user/{extention}")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining(
                        "routing.platforms.freeswitch.dial-extension: 'user/{extention}'"));
    runner
        .withPropertyValues(FreeSwitchProperties.PREFIX + ".dial-extention=user/1")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("routing.platforms.freeswitch.dial-extention"));
    runner.run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void dollarOfASettingIsNotReplacedBySpring() {
    runner
        .withPropertyValues(
            FreeSwitchProperties.PREFIX + ".dial-extension=user/{extension}@${domain_name}")
        .run(
            context ->
                assertThat(context.getBean(FreeSwitchProperties.class).dialExtension())
                    .isEqualTo("user/{extension}@${domain_name}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${system(id)}",
        "a&b",
        "a,b",
        "a b",
        "a|b",
        "",
        "a'b",
        "a\"b",
        "<a>",
        "a\nb",
        "é",
        "a;b",
        "a=b",
        "a?b",
        "a%b",
        "[a]",
        "a/b",
        "a\\b",
        "^a",
        "a(b)"
      })
  void otherCharactersAreNeverInserted(String value) {
    InsertedValues rules = new InsertedValues(";=?%[]", text -> text);

    assertThat(rules.value(value, true)).isNull();
    assertThat(rules.value("aZ09_.+*#@:-", false)).isEqualTo("aZ09_.+*#@:-");
  }

  @ParameterizedTest
  @CsvSource({
    "{id}, a#b",
    "group-{id}, group-a%23b",
    "<Conference>{id}</Conference>, <Conference>a#b</Conference>",
    "<Sip>sip:{id}@x</Sip>, <Sip>sip:a%23b@x</Sip>",
    "<Redirect>/groups/{id}</Redirect>, <Redirect>/groups/a%23b</Redirect>",
  })
  void onlyPartsOfATextAreEscaped(String template, String text) {
    assertThat(
            Template.parse("x", template, Set.of("id"))
                .expand((name, whole) -> SipUris.RULES.value("a#b", whole)))
        .isEqualTo(text);
  }

  @Test
  void urisMayHaveMore() {
    InsertedValues rules = new InsertedValues(";=?%[]", text -> text);

    assertThat(rules.uri("sip:a%40b@[::1]:5061;x=y?z=1")).isNotNull();
    assertThat(rules.uri("sip:a&b@c")).isNull();
    assertThat(rules.uri("sip:${x}@c")).isNull();
    assertThat(rules.uri("sip:a@b,sip:c@d")).isNull();
    assertThat(new InsertedValues("", text -> text).uri("sip:a@b;x")).isNull();
  }

  @Test
  void emptyTemplateMeansThatThePlatformCannotDoThis() {
    FreeSwitchAdapter adapter =
        new FreeSwitchAdapter(
            Questions.settings(
                FreeSwitchProperties.PREFIX,
                FreeSwitchProperties.class,
                Map.of(FreeSwitchProperties.PREFIX + ".ivr-menu", "")));
    String call = "section=dialplan&Hunt-Context=public&Hunt-Destination-Number=1001";

    PlatformAnswer answer =
        Questions.answer(adapter, Questions.request("", null, call), Questions.action("menu main"));

    assertThat(answer.body()).contains("SUBSCRIBER_ABSENT");
  }
}

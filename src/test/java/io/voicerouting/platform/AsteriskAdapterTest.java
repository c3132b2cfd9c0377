package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.routing.CallDirection;
import io.voicerouting.routing.DecisionRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asterisk: each golden document is named after the rule of Asterisk's source that it obeys. */
class AsteriskAdapterTest {

  private static final String DIAL = "extension 1001 > voicemail 1001";

  private final AsteriskAdapter adapter = adapter(Map.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | extension 1001 > voicemail 1001 | res_config_curl-values-are-percent-encoded
          2 | extension 1001 > voicemail 1001 | pbx_realtime-the-next-priority-follows-a-missed-call
          3 | extension 1001 > voicemail 1001 | pbx_realtime-an-empty-answer-ends-the-extension
          2 | extension 1001 | pbx_realtime-an-empty-answer-ends-the-extension
          2 | reject NOT_FOUND | pbx_realtime-an-empty-answer-ends-the-extension
          1 | number +15550100 | chan_pjsip-dials-a-number-at-a-trunk
          2 | number +15550100 > group sales | app_queue-takes-a-queue
          1 | uri sip:desk@partner.example;transport=tcp | chan_pjsip-dials-a-uri-by-an-endpoint
          1 | conference board | app_confbridge-takes-a-room
          1 | group sales | app_queue-takes-a-queue
          1 | menu main | pbx-ast_parseable_goto-takes-context-extension-and-priority
          1 | assistant +15550100 | chan_pjsip-dials-a-number-at-a-trunk
          1 | voicemail front-desk | app_voicemail-takes-mailbox-at-context
          1 | reject NOT_FOUND | chan_pjsip-hangup_cause2sip-1-is-404
          1 | reject UNAVAILABLE | chan_pjsip-hangup_cause2sip-20-is-480
          1 | reject FORWARD_LOOP | chan_pjsip-hangup_cause2sip-20-is-480
          1 | conference ${SHELL(id)} | pbx_variables-expands-a-dollar-and-a-brace
          1 | extension 1001&PJSIP/1002 | app_dial-forks-on-an-ampersand
          1 | number +15550100&PJSIP/1002 | app_dial-forks-on-an-ampersand
          1 | uri sip:desk@partner.example&PJSIP/1002 | app_dial-forks-on-an-ampersand
          1 | voicemail a&b | app_voicemail-splits-mailboxes-at-an-ampersand
          1 | menu a,b | pbx-ast_parseable_goto-splits-at-commas
          2 | extension 1001 > voicemail a&b | app_voicemail-splits-mailboxes-at-an-ampersand
          """)
  void rendersEveryDecision(String priority, String action, String rule) {
    String form = "exten=1001&context=from-trunk&priority=" + priority;

    PlatformAnswer answer = single(form, action);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(Questions.golden("asterisk/" + rule + ".txt"));
    assertThat(answer.body()).doesNotContain("\n", "\r", " ", "+");
  }

  @ParameterizedTest
  @CsvSource({
    "single, exten%20LIKE=1001_%25&context=from-trunk&priority=1, ''",
    "single, exten LIKE=1001%25&context=from-trunk&priority=1, ''",
    "single, exten=s&context=from-trunk&priority=1, ''",
    "single, exten=h&context=from-trunk&priority=1, ''",
    "single, exten=1001&context=from-trunk&priority=hint, ''",
    "single, '', ''",
    "multi, exten%20LIKE=%5C_%25&context=from-trunk&priority=1, ''",
    "multi, exten=1001&priority=1, ''",
    "require, exten=char%3A10&priority=integer4%3A3, 0",
    "update, exten=1001, ''",
    "store, exten=1001, ''",
    "destroy, exten=1001, ''",
    "static, file=extensions.conf, ''"
  })
  void everythingElseIsEmpty(String subPath, String form, String body) {
    assertThat(adapter.hasPath(subPath)).isTrue();
    PlatformAnswer answer =
        Questions.answer(adapter, Questions.request(subPath, null, form), Questions.action(DIAL));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource({
    "direction=inbound/single, 'app=Dial&appdata=PJSIP%2F1001%2C30'",
    "direction=inbound/multi, ''",
    "direction=inbound/require, 0",
    "direction=inbound/update?exten=1001, ''",
    "direction=inbound/other, ''"
  })
  void pathIsFoundBehindTheQueryOfTheUrl(String query, String body) {
    PlatformRequest request = Questions.request("", query, "exten=1001&priority=1");

    assertThat(Questions.answer(adapter, request, Questions.action(DIAL)).body()).isEqualTo(body);
  }

  @Test
  void directionStaysInTheQueryOfTheUrl() {
    PlatformRequest request =
        Questions.request("", "direction=inbound/single", "exten=1001&priority=1");

    assertThat(Questions.call(adapter, request).direction()).isEqualTo(CallDirection.INBOUND);
  }

  @Test
  void dialplanFunctionAsksWithTheCaller() {
    String query = "to=1001&from=%2B15550100";
    DecisionRequest call = Questions.call(adapter, Questions.request("", query, ""));
    PlatformAnswer first = dialplan(query);
    PlatformAnswer second = dialplan(query + "&priority=2");

    assertThat(call.to()).isEqualTo("1001");
    assertThat(call.from()).isEqualTo("+15550100");
    assertThat(first.body()).isEqualTo("app=Dial&appdata=PJSIP%2F1001%2C30");
    assertThat(second.body()).isEqualTo("app=VoiceMail&appdata=1001%40default%2Cu");
  }

  @ParameterizedTest
  @CsvSource({"510, true", "511, false"})
  void dataThatAsteriskWouldCutIsRejected(int length, boolean accepted) {
    AsteriskAdapter own =
        adapter(
            Map.of(
                AsteriskProperties.PREFIX + ".join-conference", "{id}" + "x".repeat(length - 1)));

    PlatformAnswer answer =
        Questions.answer(
            own,
            Questions.request("single", null, "exten=1001&priority=1"),
            Questions.action("conference b"));

    assertThat(answer.body().startsWith("app=ConfBridge")).isEqualTo(accepted);
    assertThat(answer.body().equals("app=Hangup&appdata=20")).isEqualTo(!accepted);
  }

  /** A plus sign would stay one in some of Asterisk's releases. */
  @Test
  void blankIsPercentEncoded() {
    AsteriskAdapter own =
        adapter(Map.of(AsteriskProperties.PREFIX + ".join-conference", "{id},a b+c"));

    PlatformAnswer answer =
        Questions.answer(
            own,
            Questions.request("single", null, "exten=1001&priority=1"),
            Questions.action("conference board"));

    assertThat(answer.body()).isEqualTo("app=ConfBridge&appdata=board%2Ca%20b%2Bc");
  }

  @Test
  void otherPathsBelongToNobody() {
    assertThat(adapter.hasPath("other")).isFalse();
    assertThat(adapter.hasPath("")).isTrue();
  }

  private PlatformAnswer single(String form, String action) {
    return Questions.answer(
        adapter, Questions.request("single", null, form), Questions.action(action));
  }

  private PlatformAnswer dialplan(String query) {
    return Questions.answer(adapter, Questions.request("", query, ""), Questions.action(DIAL));
  }

  private static AsteriskAdapter adapter(Map<String, String> settings) {
    return new AsteriskAdapter(
        Questions.settings(AsteriskProperties.PREFIX, AsteriskProperties.class, settings));
  }
}

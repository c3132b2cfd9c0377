package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.routing.CallDirection;
import io.voicerouting.routing.DecisionRequest;
import io.voicerouting.routing.RoutingAction;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** FreeSWITCH: each golden document is named after the rule of FreeSWITCH's source it obeys. */
class FreeSwitchAdapterTest {

  private static final String CALL =
      "section=dialplan&Hunt-Context=public&Hunt-Destination-Number=1001"
          + "&Hunt-Caller-ID-Number=%2B15550100";

  private final FreeSwitchAdapter adapter = adapter(Map.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          extension 1001 | mod_dptools-hangup_after_bridge-ends-an-answered-call
          extension 1001 > voicemail 1001 | mod_dptools-continue_on_fail-runs-the-next-action
          extension 1001 > number +15550142 | mod_dptools-continue_on_fail-runs-a-second-bridge
          extension 1001 > group support | mod_dptools-continue_on_fail-runs-a-transfer
          number +15550100 | mod_sofia-gateway-dials-a-number
          number +15550100 > voicemail 1001 | mod_dptools-hangup_after_bridge-keeps-an-answered-call-from-voicemail
          uri sip:desk@partner.example;transport=tcp | mod_sofia-profile-dials-a-uri
          conference board | mod_conference-takes-room-at-profile
          group sales | mod_dptools-transfer-takes-extension-dialplan-and-context
          menu main | mod_dptools-ivr-takes-the-name-of-a-menu
          assistant +15550100 | mod_sofia-gateway-dials-a-number
          voicemail front-desk | mod_voicemail-needs-an-answered-call
          reject NOT_FOUND | mod_sofia-cause-1-is-404
          reject UNAVAILABLE | mod_sofia-cause-20-is-480
          reject FORWARD_LOOP | switch_types-cause-25-is-a-routing-error
          conference ${system(id)} | switch_channel-expands-a-dollar-and-a-brace
          group a&b | switch_xml-decodes-entities-at-an-ampersand
          number +1555,+1556 | switch_ivr_originate-forks-on-a-comma
          uri sip:a%40b@c.example | mod_sofia-percent-is-a-registered-user
          conference x:_:y | switch_ivr_originate-forks-on-an-enterprise-separator
          conference X-PRE-PROCESS | switch_xml-drops-a-line-with-a-directive
          extension 1001 > voicemail a b | mod_voicemail-splits-its-data-at-blanks
          """)
  void rendersEveryDecision(String action, String rule) throws Exception {
    PlatformAnswer answer =
        Questions.answer(adapter, Questions.request("", null, CALL), Questions.action(action));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("text/xml");
    assertThat(answer.body())
        .isEqualTo(Questions.golden("freeswitch/" + rule + ".xml"))
        .doesNotContain("<?", "\n", "<include")
        .doesNotContainIgnoringCase("x-pre-process");
    assertThat(parse(answer.body()).getDocumentElement().getAttribute("type"))
        .isEqualTo("freeswitch/xml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "section=directory&Hunt-Context=public&Hunt-Destination-Number=1001",
        "section=dialplan&Hunt-Context=public",
        "section=dialplan&Hunt-Context=public&Hunt-Destination-Number=alice",
        "section=dialplan&Hunt-Destination-Number=1001",
        "section=dialplan&Hunt-Destination-Number=1001&Hunt-Context=a%22b",
        "section=dialplan&Hunt-Destination-Number=1001&Hunt-Context=a%0Ab",
        "section=dialplan&Hunt-Destination-Number=1001&Hunt-Context=X-pre-process",
      })
  void otherRequestsAreNotFound(String form) {
    PlatformAnswer answer =
        Questions.answer(
            adapter, Questions.request("", null, form), new RoutingAction.IvrMenu("main"));

    assertThat(answer.body())
        .isEqualTo(
            Questions.golden("freeswitch/mod_xml_curl-not-found-tries-the-next-binding.xml"));
  }

  @Test
  void huntedValuesTakePrecedenceAfterATransfer() {
    DecisionRequest transferred =
        read(
            "section=dialplan&Caller-Context=public&Caller-Destination-Number=2000"
                + "&Caller-Caller-ID-Number=1&Caller-Privacy-Hide-Number=true&Hunt-Context=default"
                + "&Hunt-Destination-Number=1001&Hunt-Caller-ID-Number=%2B15550100"
                + "&Hunt-Privacy-Hide-Number=false");
    assertThat(transferred.to()).isEqualTo("1001");
    assertThat(transferred.from()).isEqualTo("+15550100");

    DecisionRequest first =
        read(
            "section=dialplan&Caller-Context=public&Caller-Destination-Number=2000"
                + "&Caller-Caller-ID-Number=%2B15550100");
    assertThat(first.to()).isEqualTo("2000");
    assertThat(first.from()).isEqualTo("+15550100");
  }

  @Test
  void hiddenNumberIsAnonymous() {
    assertThat(read(CALL + "&Hunt-Privacy-Hide-Number=true").from()).isNull();
    assertThat(read(CALL + "&Hunt-Privacy-Hide-Number=false").from()).isEqualTo("+15550100");
  }

  @Test
  void domainTellsTheOrganization() {
    String host = CALL + "&variable_sip_to_host=Host.Example";
    assertThat(callWithoutOrganization(host + "&variable_domain_name=acme.example").sipDomain())
        .isEqualTo("acme.example");
    assertThat(callWithoutOrganization(host).sipDomain()).isEqualTo("host.example");
    assertThat(callWithoutOrganization(host).direction()).isEqualTo(CallDirection.INBOUND);
    assertThat(adapter.read(Questions.request(null, "", null, CALL)))
        .isInstanceOf(PlatformReading.Unusable.class);
  }

  @Test
  void hundredsOfVariablesWithAnyNamesAreSkipped() {
    String variables =
        IntStream.range(0, 1_200)
            .mapToObj(
                i ->
                    "variable_sip_h_X-Odd%zz"
                        + i
                        + "="
                        + URLEncoder.encode("Hunt-Destination-Number=6", StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));

    DecisionRequest call = read(variables + "&=&&x&" + CALL + "&" + variables);

    assertThat(call.to()).isEqualTo("1001");
  }

  @Test
  void templatesAreSettings() {
    FreeSwitchAdapter own =
        adapter(
            Map.of(
                FreeSwitchProperties.PREFIX + ".dial-extension",
                "[leg_timeout={timeout}]user/{extension}@{domain}",
                FreeSwitchProperties.PREFIX + ".join-conference",
                "{organization_id}-{id}@wideband",
                FreeSwitchProperties.PREFIX + ".ivr-menu",
                "{id} <&>"));

    assertThat(answer(own, "extension 1001"))
        .contains("\"[leg_timeout=30]user/1001@acme.example\"");
    assertThat(answer(own, "conference board")).contains("\"42-board@wideband\"");
    assertThat(answer(own, "menu main")).contains("data=\"main &lt;&amp;&gt;\"");
    assertThat(own.usesDomain()).isTrue();
    assertThat(adapter.usesDomain()).isFalse();
  }

  private static String answer(FreeSwitchAdapter adapter, String action) {
    return Questions.answer(adapter, Questions.request("", null, CALL), Questions.action(action))
        .body();
  }

  private DecisionRequest read(String form) {
    return Questions.call(adapter, Questions.request("", null, form));
  }

  private DecisionRequest callWithoutOrganization(String form) {
    return Questions.call(adapter, Questions.request(null, "", null, form));
  }

  private static FreeSwitchAdapter adapter(Map<String, String> settings) {
    return new FreeSwitchAdapter(
        Questions.settings(FreeSwitchProperties.PREFIX, FreeSwitchProperties.class, settings));
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}

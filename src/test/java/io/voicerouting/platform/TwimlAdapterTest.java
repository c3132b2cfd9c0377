package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Client;
import com.twilio.twiml.voice.Conference;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Number;
import com.twilio.twiml.voice.Redirect;
import com.twilio.twiml.voice.Reject;
import com.twilio.twiml.voice.Sip;
import io.voicerouting.routing.CallDirection;
import io.voicerouting.routing.DecisionRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.crypto.OctetStreamData;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.TransformService;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TwiML. The builder of Twilio's SDK is the oracle of documents. */
class TwimlAdapterTest {

  private static final String FORM = "CallSid=CA1&To=1001&From=%2B15550100&CallStatus=ringing";

  private static final String AFTER =
      "/api/v1/organizations/42/routing/twiml/after?to=1001&from=%2B15550100&direction=internal"
          + "&at=2026-11-23T14%3A00%3A00Z";

  private final Webhooks webhooks = new Webhooks(Map.of());
  private final TwimlAdapter adapter = webhooks.twiml();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "extension 1001",
        "extension 1001 > voicemail 1001",
        "extension *97#",
        "number +15550100",
        "number +15550100 > group support",
        "uri sip:a%40b@[::1]:5061;transport=tls?x=y",
        "conference board",
        "group sales",
        "group a#b",
        "menu main",
        "assistant +15550150",
        "voicemail front-desk",
        "reject NOT_FOUND",
        "reject UNAVAILABLE",
        "reject FORWARD_LOOP",
        "group a&b",
        "conference </Conference>",
      })
  void documentsAreThoseOfTheSdk(String action) throws Exception {
    PlatformAnswer answer = answer("", null, FORM, action);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/xml");
    assertThat(canonical(answer.body())).isEqualTo(canonical(expected(action).toXml()));
  }

  @ParameterizedTest
  @CsvSource({
    "busy, voicemail",
    "no-answer, voicemail",
    "failed, voicemail",
    "canceled, voicemail",
    "completed, hangup",
    "answered, hangup"
  })
  void whatFollowsIsDoneOnlyIfTheCallWasMissed(String status, String expected) throws Exception {
    PlatformAnswer answer =
        answer(
            "after",
            AFTER.substring(AFTER.indexOf('?') + 1),
            FORM + "&DialCallStatus=" + status,
            "extension 1001 > voicemail 1001");

    assertThat(canonical(answer.body()))
        .isEqualTo(
            canonical(
                (expected.equals("hangup")
                        ? response().hangup(new Hangup.Builder().build()).build()
                        : redirect("/twiml/mailboxes/1001"))
                    .toXml()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"extension 1001", "reject NOT_FOUND", "extension 1001 > voicemail a&b"})
  void callerHearsBusyIfNothingCanFollow(String action) {
    assertThat(answer("after", null, FORM + "&DialCallStatus=busy", action))
        .isEqualTo(TwimlDocument.BUSY);
  }

  @Test
  void decisionAfterTheCallIsTheSame() {
    DecisionRequest first =
        Questions.call(
            adapter,
            webhooks.request(
                "twiml", "", "direction=inbound", "To=%2B12125550100&From=%2B15550100"));
    String url = CallbackAdapter.callback("", first);
    PlatformRequest second =
        webhooks.request(
            "twiml",
            "after",
            url.substring(url.indexOf('?') + 1),
            "To=9999&From=other&DialCallStatus=busy");

    assertThat(Questions.call(adapter, second)).isEqualTo(first);
  }

  @Test
  void domainIsKeptForTheDecisionAfterTheCall() {
    PlatformRequest request =
        webhooks.request(
            null, "twiml", "", null, "To=sip%3A1001%40x.example&SipDomain=acme.example");

    DecisionRequest call = Questions.call(adapter, request);

    assertThat(call.sipDomain()).isEqualTo("acme.example");
    assertThat(CallbackAdapter.callback("", call))
        .contains("&domain=acme.example&direction=inbound");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "To=",
        "To=alice&From=1",
        "From=1001",
        "To=%zz",
        "{}",
        "DialCallStatus=busy",
      })
  void otherRequestsAreRejected(String form) {
    assertThat(answer("", null, form, "menu main")).isEqualTo(TwimlDocument.REJECT);
    assertThat(answer("after", null, form, "menu main")).isEqualTo(TwimlDocument.REJECT);
  }

  @Test
  void statusIsRequiredAfterTheCall() {
    assertThat(answer("after", null, FORM, "extension 1001 > voicemail 1001"))
        .isEqualTo(TwimlDocument.REJECT);
  }

  @ParameterizedTest
  @CsvSource({
    "sip:1001@acme.example, 1001",
    "client:1001, 1001",
    "+12125550100, +12125550100",
    "' 12125550100', +12125550100"
  })
  void dialledNumberMayBeAUri(String to, String number) {
    PlatformRequest request = webhooks.request("twiml", "", "To=" + to, "");

    assertThat(Questions.call(adapter, request).to()).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    "+266696687,",
    "+7378742833,",
    "+2562533,",
    "+8656696,",
    "+86282452253,",
    "+15550100, +15550100"
  })
  void numbersThatSpellAnonymousAreWithheld(String from, @Nullable String caller) {
    PlatformRequest request =
        webhooks.request("twiml", "", null, "To=1001&From=" + from.replace("+", "%2B"));

    assertThat(Questions.call(adapter, request).from()).isEqualTo(caller);
  }

  @Test
  void cloudonixPostsJson() {
    PlatformRequest request =
        webhooks.json(
            null,
            "twiml",
            "{\"To\":\"1001\",\"From\":15550100,\"Domain\":\"acme.example\",\"x\":{}}");

    DecisionRequest call = Questions.call(adapter, request);

    assertThat(call.to()).isEqualTo("1001");
    assertThat(call.from()).isEqualTo("15550100");
    assertThat(call.sipDomain()).isEqualTo("acme.example");
    assertThat(call.direction()).isEqualTo(CallDirection.INBOUND);
    assertThat(adapter.read(webhooks.json(42L, "twiml", "{\"To\":")))
        .isInstanceOf(PlatformReading.Unusable.class);
  }

  @Test
  void templatesAreElements() throws Exception {
    TwimlAdapter own =
        new Webhooks(
                Map.of(
                    TwimlProperties.PREFIX + ".dial-extension",
                    "<Client>{organization_id}-{extension}</Client>",
                    TwimlProperties.PREFIX + ".ai-assistant",
                    "<Service provider=\"{provider}\">{number}</Service>",
                    TwimlProperties.PREFIX + ".ivr-menu",
                    "<Redirect method=\"GET\">https://ivr.example/?a=1&amp;id={id}</Redirect>"))
            .twiml();

    assertThat(canonical(answer(own, "extension 1001")))
        .isEqualTo(
            canonical(
                dial(dial().timeout(30).client(new Client.Builder("42-1001").build())).toXml()));
    assertThat(answer(own, "assistant +15550150"))
        .contains("<Dial answerOnBridge=\"true\"><Service provider=\"acme\">+15550150</Service>");
    assertThat(answer(own, "menu main"))
        .contains("<Redirect method=\"GET\">https://ivr.example/?a=1&amp;id=main</Redirect>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{extension}", "<Sip>{extension}", "<Sip>a</Client>", "<Sip>a&b</Sip>", "<a/>"})
  void templatesThatAreNoElementAreNamed(String template) {
    assertThatThrownBy(
            () ->
                new Webhooks(Map.of(TwimlProperties.PREFIX + ".dial-extension", template)).twiml())
        .rootCause()
        .hasMessageStartingWith("routing.platforms.twiml.dial-extension: '" + template + "'");
  }

  private PlatformAnswer answer(
      String subPath, @Nullable String query, String form, String action) {
    return Questions.answer(
        adapter, webhooks.request("twiml", subPath, query, form), Questions.action(action));
  }

  private String answer(TwimlAdapter own, String action) {
    return Questions.answer(
            own, webhooks.request("twiml", "", null, FORM), Questions.action(action))
        .body();
  }

  private static VoiceResponse expected(String action) {
    return switch (action) {
      case "extension 1001" -> dial(dial().timeout(30).sip(sip("sip:1001@acme.example")));
      case "extension 1001 > voicemail 1001" ->
          dial(dial().timeout(30).action(AFTER).sip(sip("sip:1001@acme.example")));
      case "extension *97#" -> dial(dial().timeout(30).sip(sip("sip:*97%23@acme.example")));
      case "number +15550100" -> dial(dial().number(number("+15550100")));
      case "number +15550100 > group support" ->
          dial(dial().action(AFTER).number(number("+15550100")));
      case "uri sip:a%40b@[::1]:5061;transport=tls?x=y" ->
          dial(dial().sip(sip("sip:a%40b@[::1]:5061;transport=tls?x=y")));
      case "conference board" ->
          dial(new Dial.Builder().conference(new Conference.Builder("board").build()));
      case "group sales" -> redirect("/twiml/ring-groups/sales");
      case "group a#b" -> redirect("/twiml/ring-groups/a%23b");
      case "menu main" -> redirect("/twiml/ivr-menus/main");
      case "assistant +15550150" -> dial(dial().number(number("+15550150")));
      case "voicemail front-desk" -> redirect("/twiml/mailboxes/front-desk");
      case "reject NOT_FOUND", "reject FORWARD_LOOP" ->
          response().reject(new Reject.Builder().build()).build();
      default -> response().reject(new Reject.Builder().reason(Reject.Reason.BUSY).build()).build();
    };
  }

  private static VoiceResponse.Builder response() {
    return new VoiceResponse.Builder();
  }

  private static Dial.Builder dial() {
    return new Dial.Builder().answerOnBridge(true);
  }

  private static VoiceResponse dial(Dial.Builder dial) {
    return response().dial(dial.build()).build();
  }

  private static Sip sip(String uri) {
    return new Sip.Builder(uri).build();
  }

  private static Number number(String number) {
    return new Number.Builder(number).build();
  }

  private static VoiceResponse redirect(String url) {
    return response().redirect(new Redirect.Builder(url).method(HttpMethod.POST).build()).build();
  }

  /** Canonical XML (W3C). */
  private static String canonical(String xml) throws Exception {
    TransformService service =
        TransformService.getInstance(CanonicalizationMethod.INCLUSIVE, "DOM");
    service.init((TransformParameterSpec) null);
    OctetStreamData data =
        (OctetStreamData)
            service.transform(
                new OctetStreamData(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))),
                null);
    return new String(data.getOctetStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}

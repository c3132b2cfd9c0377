package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.routing.CallDirection;
import io.voicerouting.routing.DecisionRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * jambonz. The answers are also left in {@code target/jambonz} for the validators of its makers,
 * which {@code examples/jambonz/validate} runs.
 */
class JambonzAdapterTest {

  private static final Path ANSWERS = Path.of("target/jambonz");

  private static final String CALL =
      "{\"call_sid\":\"c1\",\"direction\":\"inbound\",\"from\":\"+15550100\",\"to\":\"1001\","
          + "\"sip\":{\"headers\":{\"to\":\"\\\"A\\\" <sip:1001@acme.example:5060>;tag=1\"}}";

  private static final String AFTER =
      "\"actionHook\":\"/api/v1/organizations/42/routing/jambonz/after?to=1001&from=%2B15550100"
          + "&direction=internal&at=2026-11-23T14%3A00%3A00Z\"";

  private final Webhooks webhooks = new Webhooks(Map.of());
  private final JambonzAdapter adapter = webhooks.jambonz();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          extension 1001 | {"verb":"dial","target":[{"type":"user","name":"1001@acme.example"}],"timeout":30,"answerOnBridge":true}
          extension 1001 > voicemail 1001 | {"verb":"dial","target":[{"type":"user","name":"1001@acme.example"}],"timeout":30,"answerOnBridge":true,AFTER}
          number +15550100 | {"verb":"dial","target":[{"type":"phone","number":"+15550100"}],"answerOnBridge":true}
          number +15550100 > group x | {"verb":"dial","target":[{"type":"phone","number":"+15550100"}],"answerOnBridge":true,AFTER}
          uri sip:desk@partner.example | {"verb":"dial","target":[{"type":"sip","sipUri":"sip:desk@partner.example"}],"answerOnBridge":true}
          uri SIPS:desk@partner.example;x=y | {"verb":"dial","target":[{"type":"sip","sipUri":"SIPS:desk@partner.example;x=y"}],"answerOnBridge":true}
          assistant +15550150 | {"verb":"dial","target":[{"type":"phone","number":"+15550150"}],"answerOnBridge":true}
          conference board | {"verb":"conference","name":"board"}
          group sales | {"verb":"enqueue","name":"sales"}
          menu main | {"verb":"redirect","actionHook":"/jambonz/ivr-menus/main"}
          voicemail front-desk | {"verb":"redirect","actionHook":"/jambonz/mailboxes/front-desk"}
          reject NOT_FOUND | {"verb":"sip:decline","status":404,"reason":"Not Found"}
          reject UNAVAILABLE | {"verb":"sip:decline","status":480,"reason":"Temporarily Unavailable"}
          reject FORWARD_LOOP | {"verb":"sip:decline","status":482,"reason":"Loop Detected"}
          group a&b | {"verb":"sip:decline","status":480,"reason":"Temporarily Unavailable"}
          menu "},{" | {"verb":"sip:decline","status":480,"reason":"Temporarily Unavailable"}
          """)
  void rendersEveryDecision(String action, String verb) throws IOException {
    PlatformAnswer answer = answer(webhooks.json(42L, "jambonz", CALL + "}"), action);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.body()).isEqualTo("[" + verb.replace("AFTER", AFTER) + "]");
    keep(action, answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          busy | extension 1001 > voicemail 1001 | {"verb":"redirect","actionHook":"/jambonz/mailboxes/1001"}
          no-answer | extension 1001 > number +15550142 | {"verb":"dial","target":[{"type":"phone","number":"+15550142"}],"answerOnBridge":true}
          failed | extension 1001 | {"verb":"sip:decline","status":480,"reason":"Temporarily Unavailable"}
          failed | extension 1001 > voicemail a&b | {"verb":"sip:decline","status":480,"reason":"Temporarily Unavailable"}
          completed | extension 1001 > voicemail 1001 | {"verb":"hangup"}
          """)
  void whatFollowsIsDoneOnlyIfTheCallWasMissed(String status, String action, String verb)
      throws IOException {
    PlatformAnswer answer =
        answer(
            webhooks.json(
                42L, "jambonz", "after", null, CALL + ",\"dial_call_status\":\"" + status + "\"}"),
            action);

    assertThat(answer.body()).isEqualTo("[" + verb + "]");
    keep("after " + status + ' ' + action, answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{}", "{\"to\":\"alice\"}", "{\"to\":{}}", "to=1001"})
  void otherRequestsAreDeclined(String body) throws IOException {
    PlatformAnswer answer = answer(webhooks.json(42L, "jambonz", body), "menu main");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("[{\"verb\":\"sip:decline\",\"status\":484,\"reason\":\"Address Incomplete\"}]");
    keep("unusable", answer);
  }

  @Test
  void headerOfTheInviteNamesTheDomain() {
    DecisionRequest call = Questions.call(adapter, webhooks.json(null, "jambonz", CALL + "}"));

    assertThat(call.to()).isEqualTo("1001");
    assertThat(call.from()).isEqualTo("+15550100");
    assertThat(call.sipDomain()).isEqualTo("acme.example");
    assertThat(call.direction()).isEqualTo(CallDirection.INBOUND);
    String url = CallbackAdapter.callback("", call);
    PlatformRequest after =
        webhooks.json(
            null,
            "jambonz",
            "after",
            url.substring(url.indexOf('?') + 1),
            "{\"to\":\"9\",\"dial_call_status\":\"busy\"}");
    assertThat(Questions.call(adapter, after)).isEqualTo(call);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 200",
    "-299, 0, 200",
    "299, 0, 200",
    "-301, 0, 403",
    "301, 0, 403",
    "0, 1, 403",
  })
  void signatureIsOfTheBodyAndOfNow(long age, int changed, int status) throws Exception {
    Webhooks signed = new Webhooks(Map.of(SignatureProperties.PREFIX + ".secrets", "s3cret"));
    PlatformRequest request = signed.json(42L, "jambonz", CALL + (changed == 1 ? " }" : "}"));
    long time = Questions.NOW.getEpochSecond() + age;
    Webhooks.header(
        request,
        "Jambonz-Signature",
        "t=" + time + ",v1=other,v1=" + sign(time + "." + CALL + "}"));

    assertThat(Questions.answer(signed.jambonz(), request, Questions.action("menu main")).status())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "t=1", "v1=ab", "t=x,v1=ab", "t=99999999999999999999,v1=ab"})
  void otherSignaturesAreWrong(String signature) {
    Webhooks signed = new Webhooks(Map.of(SignatureProperties.PREFIX + ".secrets", "s3cret"));
    PlatformRequest request = signed.json(42L, "jambonz", CALL + "}");
    Webhooks.header(request, "Jambonz-Signature", signature);

    assertThat(Questions.answer(signed.jambonz(), request, Questions.action("menu main")))
        .isEqualTo(PlatformAnswer.empty(403));
    assertThat(signed.meters.counter("platform.signatures.rejected", "platform", "jambonz").count())
        .isEqualTo(1);
  }

  private PlatformAnswer answer(PlatformRequest request, String action) {
    return Questions.answer(adapter, request, Questions.action(action));
  }

  private static void keep(String name, PlatformAnswer answer) throws IOException {
    Files.createDirectories(ANSWERS);
    Files.writeString(
        ANSWERS.resolve(name.replaceAll("[^a-zA-Z0-9]+", "-") + ".json"), answer.body());
  }

  private static String sign(String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }
}

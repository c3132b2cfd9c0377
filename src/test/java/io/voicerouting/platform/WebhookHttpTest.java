package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.IntegrationTest;
import io.voicerouting.testing.TestTokens;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Requests of platforms whose token has a signature secret, over HTTP with real servers. */
@IntegrationTest
class WebhookHttpTest {

  private static final String SECRET = "webhook-secret";
  private static final String FORM = "CallSid=CA1&From=%2B15550100&To=1001";
  private static final String CALL = "{\"from\":\"+15550100\",\"to\":\"1001\"}";

  @LocalServerPort private int port;
  @Autowired private RestTestClient client;
  @Autowired private JdbcClient jdbc;
  @Autowired private MeterRegistry meters;

  private PlatformClient platform;
  private Calls admin;
  private String twiml;
  private String jambonz;
  private String token;
  private long tokenId;
  private String secretPath;

  @BeforeEach
  void issueTokenWithSecret() {
    platform = new PlatformClient(port);
    admin = new Calls(client, TestTokens.ADMIN);
    long org =
        created("/api/v1/organizations", "{\"name\":\"Test\",\"timezone\":\"UTC\"}")
            .body()
            .get("id")
            .longValue();
    created(
        "/api/v1/organizations/" + org + "/extensions",
        "{\"extension_number\":\"1001\",\"type\":\"ivr\","
            + "\"configuration\":{\"ivr_menu_id\":\"main\"}}");
    Calls.Answer issued =
        created(
            "/api/v1/tokens",
            "{\"name\":\"PBX\",\"role\":\"platform\",\"organization_id\":" + org + "}");
    token = issued.body().get("token").stringValue();
    tokenId = issued.body().get("id").longValue();
    secretPath = "/api/v1/tokens/" + tokenId + "/signature-secret";
    setSecret(SECRET);
    twiml = "organizations/" + org + "/routing/twiml";
    jambonz = "organizations/" + org + "/routing/jambonz";
  }

  @Test
  void signedFormIsAnsweredAndEveryOtherRefused() {
    String signature = twilio(twiml, FORM, SECRET);

    HttpResponse<String> answered = post(twiml, FORM, signature);
    assertThat(answered.statusCode()).isEqualTo(200);
    assertThat(answered.body()).contains("<Redirect method=\"POST\">/twiml/ivr-menus/main");
    // Twilio's signatures have no time: the same request may come again.
    assertThat(post(twiml, FORM, signature).statusCode()).isEqualTo(200);

    double refused = refused("twiml");
    assertRefused(post(twiml, FORM, null));
    assertRefused(post(twiml, FORM, ""));
    assertRefused(post(twiml, FORM, "=" + signature.substring(1)));
    assertRefused(post(twiml, FORM, twilio(twiml, FORM, "other-secret")));
    assertRefused(post(twiml, FORM.replace("1001", "1002"), signature));
    assertRefused(post(twiml + "?direction=inbound", FORM, signature));
    assertRefused(post(twiml + "/after", FORM, signature));
    assertThat(refused("twiml")).isEqualTo(refused + 7);
  }

  @Test
  void signedCallOfNowIsAnsweredAndEveryOtherRefused() {
    long now = Instant.now().getEpochSecond();

    HttpResponse<String> answered = postCall(CALL, jambonz(now, CALL, SECRET));
    assertThat(answered.statusCode()).isEqualTo(200);
    assertThat(answered.body())
        .isEqualTo("[{\"verb\":\"redirect\",\"actionHook\":\"/jambonz/ivr-menus/main\"}]");

    double refused = refused("jambonz");
    assertRefused(postCall(CALL, null));
    assertRefused(postCall(CALL, jambonz(now, CALL, "other-secret")));
    assertRefused(postCall(CALL.replace("1001", "1002"), jambonz(now, CALL, SECRET)));
    // Recorded an hour ago and sent again, with the time of then and of now.
    String recorded = jambonz(now - 3_600, CALL, SECRET);
    assertRefused(postCall(CALL, recorded));
    assertRefused(postCall(CALL, recorded.replaceFirst("t=\\d+", "t=" + now)));
    assertThat(refused("jambonz")).isEqualTo(refused + 5);
  }

  @Test
  void changedSecretCountsAtOnceAndARemovedOneNoMore() {
    String old = twilio(twiml, FORM, SECRET);
    assertThat(post(twiml, FORM, old).statusCode()).isEqualTo(200);

    setSecret("another-secret");
    assertRefused(post(twiml, FORM, old));
    assertThat(post(twiml, FORM, twilio(twiml, FORM, "another-secret")).statusCode())
        .isEqualTo(200);

    admin.delete(secretPath);
    assertThat(post(twiml, FORM, null).statusCode()).isEqualTo(200);
  }

  /** As while keys are replaced: other instances may have the key. */
  @Test
  void secretWhoseKeyThisInstanceLacksIsA503() {
    String signature = twilio(twiml, FORM, SECRET);
    assertThat(post(twiml, FORM, signature).statusCode()).isEqualTo(200);

    jdbc.sql("update api_tokens set signature_secret = 'v1.00000000.AAAA' where id = ?")
        .param(tokenId)
        .update();

    await().until(() -> post(twiml, FORM, signature).statusCode() == 503);
    assertThat(post(twiml, FORM, null).statusCode()).isEqualTo(503);
    setSecret(SECRET);
    assertThat(post(twiml, FORM, signature).statusCode()).isEqualTo(200);
  }

  /** A signature is no credential, and a token of another role no caller. */
  @ParameterizedTest
  @CsvSource({"twiml", "jambonz"})
  void signatureNeedsATokenOfAPlatform(String adapter) {
    String path = adapter.equals("twiml") ? twiml : jambonz;
    String signature = twilio(path, FORM, SECRET);

    for (String wrong : new String[] {"nobody", "", token + "x", token.toUpperCase(Locale.ROOT)}) {
      HttpResponse<String> answer = send(path, PlatformClient.FORM, FORM, signature, wrong);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).isEmpty();
    }
    HttpResponse<String> other = send(path, PlatformClient.FORM, FORM, signature, TestTokens.ADMIN);
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.body()).isEmpty();
  }

  private HttpResponse<String> post(String path, String form, @Nullable String signature) {
    return send(path, PlatformClient.FORM, form, signature, token);
  }

  private HttpResponse<String> postCall(String body, @Nullable String signature) {
    return send(jambonz, "application/json", body, signature, token);
  }

  private HttpResponse<String> send(
      String path, String contentType, String body, @Nullable String signature, String bearer) {
    HttpRequest.Builder request =
        platform
            .request(path)
            .setHeader("Authorization", "Bearer " + bearer)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (signature != null) {
      String name = path.contains("jambonz") ? "Jambonz-Signature" : "X-Twilio-Signature";
      request.header(name, signature);
    }
    return platform.send(request);
  }

  private static void assertRefused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEmpty();
  }

  /** Signs a form whose fields are sorted already. */
  private String twilio(String path, String form, String secret) {
    String url = "http://localhost:" + port + "/api/v1/" + path;
    String fields = form.replaceAll("[=&]", "").replace("%2B", "+");
    return Base64.getEncoder().encodeToString(sign("HmacSHA1", secret, url + fields));
  }

  private static String jambonz(long seconds, String body, String secret) {
    byte[] signature = sign("HmacSHA256", secret, seconds + "." + body);
    return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(signature);
  }

  private static byte[] sign(String algorithm, String secret, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private double refused(String adapter) {
    Counter counter =
        meters.find("platform.signatures.rejected").tag("platform", adapter).counter();
    return counter == null ? 0 : counter.count();
  }

  private void setSecret(String secret) {
    admin.send(HttpMethod.PUT, "{\"signature_secret\":\"" + secret + "\"}", secretPath);
  }

  private Calls.Answer created(String path, String body) {
    Calls.Answer created = admin.send(HttpMethod.POST, body, path);
    assertThat(created.status().value()).as("%s", created.body()).isEqualTo(201);
    return created;
  }
}

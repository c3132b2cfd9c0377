package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.security.RequestValidator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures of TwiML platforms. The validator of Twilio's SDK is the oracle. */
class TwilioSignatureTest {

  private static final String SECRET = "12345-twilio-auth-token";
  private static final String PREFIX = SignatureProperties.PREFIX;
  private static final String PATH = "/api/v1/organizations/42/routing/twiml";

  private final Webhooks webhooks =
      new Webhooks(
          Map.of(
              PREFIX + ".secrets",
              "rotated," + SECRET,
              PREFIX + ".public-url",
              "https://calls.example/pbx/"));
  private final TwimlAdapter adapter = webhooks.twiml();

  @Test
  void validatorOfTheSdkAgreesAlsoAboutEveryChangedByte() throws Exception {
    Random random = new Random(7);
    RequestValidator sdk = new RequestValidator(SECRET);
    String url = "https://calls.example/pbx" + PATH + "?direction=inbound&x=%2B1";
    for (int i = 0; i < 200; i++) {
      Map<String, String> fields = fields(random);
      String signature = sign("HmacSHA1", url, fields);
      assertThat(sdk.validate(url, fields, signature)).isTrue();
      assertThat(accepted("direction=inbound&x=%2B1", form(fields), signature)).isTrue();

      String changed = change(signature, random);
      assertThat(sdk.validate(url, fields, changed)).isFalse();
      assertThat(accepted("direction=inbound&x=%2B1", form(fields), changed)).isFalse();
      Map<String, String> other = new TreeMap<>(fields);
      other.computeIfPresent("To", (name, value) -> value + "0");
      assertThat(sdk.validate(url, other, signature)).isFalse();
      assertThat(accepted("direction=inbound&x=%2B1", form(other), signature)).isFalse();
      assertThat(accepted("direction=internal&x=%2B1", form(fields), signature)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://calls.example/pbx, true",
    "https://calls.example:443/pbx, true",
    "http://calls.example/pbx, false",
    "https://calls.example, false",
    "http://10.0.0.1:8080, false",
  })
  void publicUrlIsSignedWithAndWithoutItsPort(String base, boolean accepted) throws Exception {
    Map<String, String> fields = Map.of("To", "1001");

    assertThat(accepted(null, "To=1001", sign("HmacSHA1", base + PATH, fields)))
        .isEqualTo(accepted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://10.0.0.1:8080", "http://10.0.0.1"})
  void withoutASettingTheUrlIsTheOneOfTheRequest(String base) throws Exception {
    Webhooks direct = new Webhooks(Map.of(PREFIX + ".secrets", SECRET));
    PlatformRequest request = direct.request("twiml", "", null, "To=1001");
    Webhooks.header(
        request, "X-Twilio-Signature", sign("HmacSHA1", base + PATH, Map.of("To", "1001")));

    assertThat(status(direct.twiml(), request)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "HmacSHA256, 'key=CR1,algorithm=HMAC_SHA256', true",
    "HmacSHA1, 'key=CR1,algorithm=HMAC_SHA1', true",
    "HmacSHA1, 'key=CR1,algorithm=HMAC_SHA256', false",
    "HmacSHA256, 'key=CR1,algorithm=none', false",
    "HmacSHA1, 'key=CR1', false",
  })
  void settingsOfTheSignatureNameItsAlgorithm(String algorithm, String settings, boolean accepted)
      throws Exception {
    PlatformRequest request = webhooks.request("twiml", "", null, "To=1001");
    Webhooks.header(
        request,
        "X-Twilio-Signature",
        sign(algorithm, "https://calls.example/pbx" + PATH, Map.of("To", "1001")));
    Webhooks.header(request, "X-Twilio-Webhooks-Signature-Settings", settings);

    assertThat(status(adapter, request)).isEqualTo(accepted ? 200 : 403);
  }

  @ParameterizedTest
  @CsvSource({SECRET + ", 200", "rotated, 200", "12345-twilio-auth-tokeN, 403", "'', 403"})
  void cloudonixSendsTheSecretItself(String key, int status) {
    PlatformRequest request = webhooks.json(42L, "twiml", "{\"To\":\"1001\"}");
    Webhooks.header(request, "X-CX-APIKey", key);

    assertThat(status(adapter, request)).isEqualTo(status);
  }

  @Test
  void bodyThatIsNoFormNeedsItsDigestInTheUrl() throws Exception {
    RequestValidator sdk = new RequestValidator(SECRET);
    String body = "{\"To\":\"1001\"}";
    String query = "bodySHA256=" + digest(body);
    String url = "https://calls.example/pbx" + PATH + "?" + query;
    String signature = sign("HmacSHA1", url, Map.of());
    assertThat(sdk.validate(url, Map.of(), signature)).isTrue();

    PlatformRequest signed = webhooks.json(42L, "twiml", "", query, body);
    Webhooks.header(signed, "X-Twilio-Signature", signature);
    PlatformRequest changed = webhooks.json(42L, "twiml", "", query, body.replace('1', '2'));
    Webhooks.header(changed, "X-Twilio-Signature", signature);

    assertThat(status(adapter, signed)).isEqualTo(200);
    assertThat(status(adapter, changed)).isEqualTo(403);
  }

  @Test
  void requestsWithoutASignatureAreCounted() {
    PlatformRequest request = webhooks.request("twiml", "", null, "To=1001");

    PlatformAnswer answer = Questions.answer(adapter, request, Questions.action("menu main"));

    assertThat(answer).isEqualTo(PlatformAnswer.empty(403));
    assertThat(webhooks.meters.counter("platform.signatures.rejected", "platform", "twiml").count())
        .isEqualTo(1);
    PlatformRequest unsigned = new Webhooks(Map.of()).request("twiml", "", null, "To=1001");
    assertThat(status(new Webhooks(Map.of()).twiml(), unsigned)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"calls.example", "ftp://calls.example", "https://u@x", "https://x?a=b"})
  void publicUrlIsValidated(String url) {
    assertThatThrownBy(() -> new Webhooks(Map.of(PREFIX + ".public-url", url)).twiml())
        .hasMessageStartingWith("routing.platforms.signature.public-url: '" + url + "'");
  }

  private boolean accepted(@Nullable String query, String form, String signature) {
    PlatformRequest request = webhooks.request("twiml", "", query, form);
    Webhooks.header(request, "X-Twilio-Signature", signature);
    return status(adapter, request) == 200;
  }

  private static int status(TwimlAdapter adapter, PlatformRequest request) {
    return Questions.answer(adapter, request, Questions.action("menu main")).status();
  }

  /** Fields with everything that has to be encoded; names differ in case. */
  private static Map<String, String> fields(Random random) {
    Map<String, String> fields = new TreeMap<>(Map.of("To", "1001", "to", "", "AccountSid", "AC1"));
    for (int i = random.nextInt(20); i > 0; i--) {
      fields.put("SipHeader_X-" + random.nextInt(50), text(random));
    }
    return fields;
  }

  private static String text(Random random) {
    String characters = "aZ0 +%&=?#/\"<é😀";
    return random
        .ints(random.nextInt(12), 0, characters.codePointCount(0, characters.length()))
        .map(i -> characters.codePointAt(characters.offsetByCodePoints(0, i)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .sorted((a, b) -> b.compareTo(a)) // not the order that is signed
        .collect(Collectors.joining("&"));
  }

  private static String change(String text, Random random) {
    int at = random.nextInt(text.length());
    char other = text.charAt(at) == 'x' ? 'y' : 'x';
    return text.substring(0, at) + other + text.substring(at + 1);
  }

  /** Signs as Twilio documents it. */
  private static String sign(String algorithm, String url, Map<String, String> fields)
      throws Exception {
    StringBuilder text = new StringBuilder(url);
    new TreeMap<>(fields).forEach((name, value) -> text.append(name).append(value));
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), algorithm));
    return Base64.getEncoder()
        .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static String digest(String body) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
  }
}

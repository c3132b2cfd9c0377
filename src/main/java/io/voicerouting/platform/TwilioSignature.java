package io.voicerouting.platform;

import io.voicerouting.common.Sha256;
import io.voicerouting.common.UrlText;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a TwiML platform: of the public URL, followed by the names and values of the
 * form, sorted by name. Cloudonix sends the secret itself.
 */
final class TwilioSignature {

  private static final String SIGNATURE = "X-Twilio-Signature";
  private static final String SETTINGS = "X-Twilio-Webhooks-Signature-Settings";
  private static final String API_KEY = "X-CX-APIKey";

  private static final Map<String, String> ALGORITHMS =
      Map.of("HMAC_SHA1", "HmacSHA1", "HMAC_SHA256", "HmacSHA256");

  /** The digest of a body that is no form. */
  private static final String BODY_DIGEST = "bodySHA256";

  private static final FormFields URL_FIELDS = new FormFields(BODY_DIGEST);

  private TwilioSignature() {}

  /**
   * Whether a request is signed with a secret.
   *
   * @param urls any of them may be signed
   */
  static boolean isSigned(PlatformRequest request, List<String> urls, String secret) {
    HttpServletRequest servlet = request.servlet();
    String apiKey = servlet.getHeader(API_KEY);
    if (apiKey != null) {
      return Signatures.areEqual(secret, apiKey);
    }
    String signature = servlet.getHeader(SIGNATURE);
    String algorithm = algorithm(servlet.getHeader(SETTINGS));
    if (signature == null || algorithm == null || !(request.isForm() || hasDigest(request))) {
      return false;
    }
    String fields =
        request.isForm() ? sorted(new String(request.body(), StandardCharsets.ISO_8859_1)) : "";
    return urls.stream()
        .anyMatch(url -> Signatures.areEqual(sign(algorithm, secret, url + fields), signature));
  }

  /** Signs the text that a URL and the sorted fields of a form make. */
  private static String sign(String algorithm, String secret, String text) {
    return Base64.getEncoder()
        .encodeToString(Signatures.sign(algorithm, secret, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The algorithm that the settings of a signature name; null if it is unknown. */
  private static @Nullable String algorithm(@Nullable String settings) {
    if (settings == null) {
      return "HmacSHA1";
    }
    return Arrays.stream(settings.split(",", -1))
        .map(String::strip)
        .filter(setting -> setting.startsWith("algorithm="))
        .findFirst()
        .map(setting -> ALGORITHMS.get(setting.substring("algorithm=".length())))
        .orElse(null);
  }

  /** The names and values of a form without anything between them, sorted by name. */
  private static String sorted(String form) {
    return Arrays.stream(form.split("&", -1))
        .filter(field -> !field.isEmpty())
        .map(field -> field.split("=", 2))
        .map(
            field ->
                Map.entry(
                    UrlText.decode(field[0]), field.length == 1 ? "" : UrlText.decode(field[1])))
        .sorted(Map.Entry.comparingByKey())
        .map(field -> field.getKey() + field.getValue())
        .collect(Collectors.joining());
  }

  private static boolean hasDigest(PlatformRequest request) {
    String expected = HexFormat.of().formatHex(Sha256.digest(request.body()));
    String digest = URL_FIELDS.find(request.query()).get(BODY_DIGEST);
    return digest != null && Signatures.areEqual(expected, digest);
  }
}

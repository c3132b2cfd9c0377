package io.voicerouting.platform;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The signature of jambonz, {@code t=<seconds>,v1=<HMAC-SHA256 of seconds, a dot and the body>}.
 */
final class JambonzSignature {

  private static final String HEADER = "Jambonz-Signature";
  private static final String TIME = "t=";
  private static final String SIGNATURE = "v1=";

  /** Older signatures may have been recorded by somebody. */
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private JambonzSignature() {}

  /** Whether a request was signed with a secret, a short time ago. */
  static boolean isSigned(PlatformRequest request, String secret) {
    String header = request.servlet().getHeader(HEADER);
    String[] parts = header == null ? new String[0] : header.split(",", -1);
    return Arrays.stream(parts)
        .map(String::strip)
        .filter(part -> part.startsWith(TIME))
        .map(part -> part.substring(TIME.length()))
        .findFirst()
        .filter(time -> isNow(time, request.now()))
        .map(time -> sign(time, request.body(), secret))
        .filter(
            expected ->
                Arrays.stream(parts)
                    .map(String::strip)
                    .filter(part -> part.startsWith(SIGNATURE))
                    .anyMatch(
                        part -> Signatures.areEqual(expected, part.substring(SIGNATURE.length()))))
        .isPresent();
  }

  private static boolean isNow(String seconds, Instant now) {
    return seconds.matches("[0-9]{1,10}")
        && Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                .abs()
                .compareTo(LIFETIME)
            <= 0;
  }

  private static String sign(String time, byte[] body, String secret) {
    byte[] prefix = (time + '.').getBytes(StandardCharsets.US_ASCII);
    byte[] text = Arrays.copyOf(prefix, prefix.length + body.length);
    System.arraycopy(body, 0, text, prefix.length, body.length);
    return HexFormat.of().formatHex(Signatures.sign("HmacSHA256", secret, text));
  }
}

package io.voicerouting.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.voicerouting.common.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** A token in the form that its client sends. It is never stored. */
record PlainToken(String value) {

  /** Lets scanners of source code find tokens that were committed by mistake. */
  private static final String PREFIX = "vrt_";

  private static final int RANDOM_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Generates a token of 256 random bits. */
  static PlainToken generate() {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    return new PlainToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }

  /** The form in which it is stored. */
  String digest() {
    return HexFormat.of().formatHex(Sha256.digest(value.getBytes(UTF_8)));
  }

  /** Hides the token, because this may be logged. */
  @Override
  public String toString() {
    return "PlainToken[not shown]";
  }
}

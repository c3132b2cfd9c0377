package io.voicerouting.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Seals the cached documents of tokens, so that write access to Redis is not enough to forge a
 * token. The keys are derived from the administrator's tokens of the settings, which all instances
 * share. The first one seals, each one verifies. Thread-safe.
 */
@Component
public class TokenSeal {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PURPOSE = "voice-routing token seal:";

  private final List<SecretKey> keys;

  TokenSeal(SecurityProperties properties) {
    this.keys = properties.tokens(Role.ADMIN).stream().map(TokenSeal::key).toList();
  }

  private static SecretKey key(String token) {
    return new SecretKeySpec(SettingsTokens.digest(PURPOSE + token), ALGORITHM);
  }

  /** Computes the seal of a text. */
  public String seal(String text) {
    return seal(keys.getFirst(), text);
  }

  /** Whether one of the keys has sealed the text. */
  public boolean isIntact(String text, String seal) {
    byte[] presented = seal.getBytes(UTF_8);
    return keys.stream()
        .anyMatch(key -> MessageDigest.isEqual(seal(key, text).getBytes(UTF_8), presented));
  }

  private static String seal(SecretKey key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] seal = mac.doFinal(text.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(seal);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

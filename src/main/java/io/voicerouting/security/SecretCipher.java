package io.voicerouting.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.voicerouting.common.Sha256;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Encrypts secrets at rest with AES-256-GCM (NIST SP 800-38D). An encrypted secret names its key:
 * {@code v1.<first 8 digits of the key's SHA-256>.<nonce, ciphertext and tag in Base64url>}.
 * Thread-safe.
 */
@Component
public class SecretCipher {

  private static final String VERSION = "v1";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_NAME_DIGITS = 8;

  private final Map<String, SecretKey> keys = new LinkedHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /**
   * Reads the keys.
   *
   * @throws InvalidTokensException if one is not 32 bytes in Base64
   */
  SecretCipher(SecurityProperties properties) {
    List<String> problems = new ArrayList<>();
    String listed = properties.secretKeys().strip();
    String[] texts = listed.isEmpty() ? new String[0] : listed.split("\\s*,\\s*", -1);
    for (int i = 0; i < texts.length; i++) {
      byte[] key = decode(texts[i]);
      if (key.length == KEY_BYTES) {
        keys.put(name(key), new SecretKeySpec(key, "AES"));
      } else {
        problems.add("ROUTING_SECRET_KEYS: key " + (i + 1) + " (expected: 32 bytes in Base64)");
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidTokensException(problems);
    }
  }

  /** Whether there is a key. Without one, nothing can be encrypted. */
  public boolean isAvailable() {
    return !keys.isEmpty();
  }

  /**
   * Encrypts a secret with the first key.
   *
   * @throws IllegalStateException if there is no key
   */
  public String encrypt(String secret) {
    Map.Entry<String, SecretKey> first =
        keys.entrySet().stream()
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("There is no key"));
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] encrypted =
          cipher(Cipher.ENCRYPT_MODE, first.getValue(), nonce).doFinal(secret.getBytes(UTF_8));
      byte[] whole =
          ByteBuffer.allocate(nonce.length + encrypted.length).put(nonce).put(encrypted).array();
      return String.join(
          ".",
          VERSION,
          first.getKey(),
          Base64.getUrlEncoder().withoutPadding().encodeToString(whole));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Decrypts a secret.
   *
   * @throws IllegalStateException if its key is not configured, or it was changed
   */
  public String decrypt(String encrypted) {
    String[] parts = encrypted.split("\\.", -1);
    SecretKey key = parts.length == 3 ? keys.get(parts[1]) : null;
    if (key == null || !parts[0].equals(VERSION)) {
      throw new IllegalStateException("The key of a signature secret is not configured");
    }
    try {
      byte[] whole = Base64.getUrlDecoder().decode(parts[2]);
      byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
      byte[] secret =
          cipher(Cipher.DECRYPT_MODE, key, nonce)
              .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
      return new String(secret, UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException("A signature secret cannot be decrypted", e);
    }
  }

  /** Whether the first key has encrypted the secret. */
  public boolean isCurrent(String encrypted) {
    return keys.keySet().stream()
        .findFirst()
        .map(name -> encrypted.startsWith(VERSION + "." + name + "."))
        .orElse(true);
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static String name(byte[] key) {
    return HexFormat.of().formatHex(Sha256.digest(key)).substring(0, KEY_NAME_DIGITS);
  }
}

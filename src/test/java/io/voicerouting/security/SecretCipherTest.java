package io.voicerouting.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCipherTest {

  private static final String OLD_KEY = key(1);
  private static final String NEW_KEY = key(2);

  @Test
  void decryptsWhatItEncryptedAndNeverWritesTheSameTwice() {
    SecretCipher cipher = cipher(OLD_KEY);

    String encrypted = cipher.encrypt("webhook secret");

    assertThat(encrypted).startsWith("v1.").doesNotContain("webhook");
    assertThat(cipher.encrypt("webhook secret")).isNotEqualTo(encrypted);
    assertThat(cipher.decrypt(encrypted)).isEqualTo("webhook secret");
  }

  @Test
  void laterKeysOnlyDecrypt() {
    String old = cipher(OLD_KEY).encrypt("webhook secret");
    SecretCipher both = cipher(NEW_KEY + ", " + OLD_KEY);

    assertThat(both.decrypt(old)).isEqualTo("webhook secret");
    assertThat(both.isCurrent(old)).isFalse();
    String renewed = both.encrypt(both.decrypt(old));
    assertThat(both.isCurrent(renewed)).isTrue();
    assertThat(cipher(NEW_KEY).decrypt(renewed)).isEqualTo("webhook secret");
    assertThatIllegalStateException()
        .isThrownBy(() -> cipher(NEW_KEY).decrypt(old))
        .withMessageContaining("not configured");
  }

  @Test
  void changedSecretsAreRefused() {
    SecretCipher cipher = cipher(OLD_KEY);
    String encrypted = cipher.encrypt("webhook secret");
    char middle = encrypted.charAt(30);
    String changed =
        encrypted.substring(0, 30) + (middle == 'A' ? 'B' : 'A') + encrypted.substring(31);

    assertThatIllegalStateException()
        .isThrownBy(() -> cipher.decrypt(changed))
        .withMessageContaining("cannot be decrypted");
  }

  @Test
  void withoutAKeyNothingIsEncrypted() {
    assertThat(cipher("").isAvailable()).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> cipher("").encrypt("webhook secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "AAAA", "!", "AAAA,"})
  void rejectsOtherKeysWithoutShowingThem(String keys) {
    assertThatExceptionOfType(InvalidTokensException.class)
        .isThrownBy(() -> cipher(keys))
        .withMessageContaining("key 1 (expected: 32 bytes in Base64)")
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("AAAA", "short"));
  }

  private static String key(int seed) {
    byte[] key = new byte[32];
    key[0] = (byte) seed;
    return Base64.getEncoder().encodeToString(key);
  }

  private static SecretCipher cipher(String keys) {
    return new SecretCipher(new SecurityProperties("", "", "", keys, 30, Duration.ofMinutes(1)));
  }
}

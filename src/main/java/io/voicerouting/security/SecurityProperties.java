package io.voicerouting.security;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Tokens, keys, and the limit of failed authentications. {@link SettingsTokens} and {@link
 * SecretCipher} validate them.
 *
 * @param platformToken token of telephony platforms, or two separated by a comma
 * @param adminToken token of the back office, or two separated by a comma
 * @param opsToken token of operations, or two separated by a comma
 * @param secretKeys keys that encrypt the signature secrets in the database, each 32 bytes in
 *     Base64, separated by commas: the first one encrypts, all of them decrypt. Without a key no
 *     signature secret can be stored.
 * @param maxFailures failed authentications of one address within {@code failure-window} after
 *     which further wrong tokens are answered 429; valid tokens are still accepted. 1 or more.
 * @param failureWindow how long failed authentications of an address are counted, from the first
 *     one. 1s or more.
 */
@ConfigurationProperties("routing.security")
record SecurityProperties(
    @DefaultValue("") String platformToken,
    @DefaultValue("") String adminToken,
    @DefaultValue("") String opsToken,
    @DefaultValue("") String secretKeys,
    @DefaultValue("30") int maxFailures,
    @DefaultValue("1m") Duration failureWindow) {

  SecurityProperties {
    if (maxFailures < 1) {
      throw new IllegalArgumentException("max-failures: " + maxFailures + " (expected: 1 or more)");
    }
    if (failureWindow.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "failure-window: " + failureWindow + " (expected: 1s or more)");
    }
  }

  /** The tokens of a role, at least one, possibly empty. */
  List<String> tokens(Role role) {
    String listed =
        switch (role) {
          case PLATFORM -> platformToken;
          case ADMIN -> adminToken;
          case OPS -> opsToken;
        };
    return List.of(listed.strip().split("\\s*,\\s*", -1));
  }

  /** Hides tokens and keys, because this may be logged. */
  @Override
  public String toString() {
    return "SecurityProperties[not shown]";
  }
}

package io.voicerouting.security;

import io.voicerouting.common.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the role of a token. The time this takes does not depend on the token. */
@Component
class TokenRoles {

  /**
   * Shorter tokens can be guessed. Other characters than visible ASCII cannot be sent in a header.
   */
  private static final Pattern ACCEPTABLE = Pattern.compile("[\\x21-\\x7e]{12,}");

  private final Map<Role, byte[]> digests = new EnumMap<>(Role.class);

  /**
   * Validates the tokens.
   *
   * @throws InvalidTokensException if a token is missing, too short or not visible ASCII, or if two
   *     roles share one
   */
  TokenRoles(SecurityProperties properties) {
    List<String> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Role role : Role.values()) {
      String token = properties.token(role);
      if (token.isBlank()) {
        problems.add(role.settingName() + " is not set");
      } else if (!ACCEPTABLE.matcher(token).matches()) {
        problems.add(
            role.settingName() + " (expected: at least 12 visible ASCII characters, no space)");
      } else if (!seen.add(token)) {
        problems.add(role.settingName() + " equals the token of another role");
      }
      digests.put(role, digest(token));
    }
    if (!problems.isEmpty()) {
      throw new InvalidTokensException(problems);
    }
  }

  /** Finds the role of a token; null if it belongs to none. */
  @Nullable Role findRole(String token) {
    byte[] presented = digest(token);
    Role found = null;
    for (Map.Entry<Role, byte[]> entry : digests.entrySet()) {
      if (MessageDigest.isEqual(presented, entry.getValue())) {
        found = entry.getKey(); // no return here: every token is compared
      }
    }
    return found;
  }

  private static byte[] digest(String token) {
    return Sha256.digest(token.getBytes(StandardCharsets.UTF_8));
  }
}

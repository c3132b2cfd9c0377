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

/** Knows a role by its token, in a time that does not depend on how much of a token is right. */
@Component
class TokenRoles {

  /** Shorter ones can be guessed; anything but visible ASCII does not travel in a header. */
  private static final Pattern ACCEPTABLE = Pattern.compile("[\\x21-\\x7e]{12,}");

  private final Map<Role, byte[]> digests = new EnumMap<>(Role.class);

  /**
   * Remembers digests of the tokens.
   *
   * @throws InvalidTokensException when a token is missing, too short or not visible ASCII, or two
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
        problems.add(role.settingName() + " is the token of another role, too");
      }
      digests.put(role, digest(token));
    }
    if (!problems.isEmpty()) {
      throw new InvalidTokensException(problems);
    }
  }

  /** The role that the token belongs to; null when it is none's. */
  @Nullable Role findRole(String token) {
    byte[] presented = digest(token);
    Role found = null;
    for (Map.Entry<Role, byte[]> entry : digests.entrySet()) {
      if (MessageDigest.isEqual(presented, entry.getValue())) {
        found = entry.getKey(); // and on: every token is compared, whichever it is
      }
    }
    return found;
  }

  private static byte[] digest(String token) {
    return Sha256.digest(token.getBytes(StandardCharsets.UTF_8));
  }
}

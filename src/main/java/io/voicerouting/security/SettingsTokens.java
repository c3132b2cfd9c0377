package io.voicerouting.security;

import io.voicerouting.common.ApiClient;
import io.voicerouting.common.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The tokens of the settings, which are valid for all organizations and need neither Redis nor
 * database. The time to find one does not depend on the token.
 */
@Component
class SettingsTokens {

  /** Prefix of the names of these clients; no issued token has such a name. */
  static final String NAME_PREFIX = "settings:";

  private static final int MOST_PER_ROLE = 2;

  /**
   * Shorter tokens can be guessed. Other characters than visible ASCII cannot be sent in a header.
   */
  private static final Pattern ACCEPTABLE = Pattern.compile("[\\x21-\\x7e]{12,}");

  private final List<Entry> entries = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  private record Entry(byte[] digest, ClientAuthentication client) {}

  /**
   * Validates the tokens.
   *
   * @throws InvalidTokensException if a token is missing, too short or not visible ASCII, if a role
   *     has more than two, or if two are equal
   */
  SettingsTokens(SecurityProperties properties) {
    List<String> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Role role : Role.values()) {
      List<String> tokens = properties.tokens(role);
      if (tokens.size() > MOST_PER_ROLE) {
        problems.add(role.settingName() + " has " + tokens.size() + " tokens (expected: 1 or 2)");
      }
      for (String token : tokens) {
        problems.addAll(check(role, token, seen));
        ApiClient client = new ApiClient(NAME_PREFIX + role.code(), null, null);
        entries.add(new Entry(digest(token), new ClientAuthentication(client, role, null, null)));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidTokensException(problems);
    }
  }

  private static List<String> check(Role role, String token, Set<String> seen) {
    if (token.isBlank()) {
      return List.of(role.settingName() + " is not set");
    }
    if (!ACCEPTABLE.matcher(token).matches()) {
      return List.of(
          role.settingName() + " (expected: at least 12 visible ASCII characters, no space)");
    }
    return seen.add(token)
        ? List.of()
        : List.of(role.settingName() + " equals the token of another role, or its own other one");
  }

  /** Finds the client of a token by its {@link #digest}; null if it is none of these. */
  @Nullable ClientAuthentication find(byte[] digest) {
    ClientAuthentication found = null;
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(digest, entry.digest())) {
        found = entry.client(); // no return here: every token is compared
      }
    }
    return found;
  }

  /** Computes the digest that identifies a token. */
  static byte[] digest(String token) {
    return Sha256.digest(token.getBytes(StandardCharsets.UTF_8));
  }
}

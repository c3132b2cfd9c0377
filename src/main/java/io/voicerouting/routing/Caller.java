package io.voicerouting.routing;

import io.voicerouting.common.CallUri;
import io.voicerouting.common.PhoneTargets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, for caller rules.
 *
 * @param number the E.164 number; null if the caller has none
 * @param anonymous whether the caller is withheld, or is neither a number nor the user of a URI
 */
record Caller(@Nullable String number, boolean anonymous) {

  private static final Pattern DIGITS = Pattern.compile("[0-9*#+]+");

  /** Users of URIs that hide a caller. */
  private static final Set<String> WITHHELD =
      Set.of("anonymous", "private", "restricted", "unavailable", "unknown", "withheld");

  /**
   * Reads the caller.
   *
   * @param from in any form, or null
   */
  static Caller of(@Nullable String from) {
    String text = from == null ? "" : from.strip();
    String user = CallUri.user(text);
    if (PhoneTargets.isE164(user)) {
      return new Caller(user, false);
    }
    boolean named = !user.equals(text) && !WITHHELD.contains(user.toLowerCase(Locale.ROOT));
    return new Caller(null, !named && !DIGITS.matcher(user).matches());
  }
}

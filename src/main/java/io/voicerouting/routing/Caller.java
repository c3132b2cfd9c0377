package io.voicerouting.routing;

import io.voicerouting.common.CallUri;
import io.voicerouting.common.PhoneTargets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, for caller rules.
 *
 * @param number the E.164 number; null if the caller has none
 * @param anonymous whether the caller is withheld or has an unknown form
 */
record Caller(@Nullable String number, boolean anonymous) {

  private static final Pattern DIGITS = Pattern.compile("[0-9*#+]+");

  /**
   * Reads the caller.
   *
   * @param from in any form, or null
   */
  static Caller of(@Nullable String from) {
    String user = from == null ? "" : CallUri.user(from.strip());
    return PhoneTargets.isE164(user)
        ? new Caller(user, false)
        : new Caller(null, !DIGITS.matcher(user).matches());
  }
}

package io.voicerouting.extension;

import io.voicerouting.common.FieldError;
import io.voicerouting.common.PhoneTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Refuses national numbers as targets of forwards. A number that starts with 0 and is longer than
 * any extension of the organization has the form of an extension number, but no call to it would
 * arrive.
 */
final class NationalNumbers {

  private static final List<String> TARGETS = List.of("forward_to", "no_answer_to");

  private NationalNumbers() {}

  /**
   * Checks the targets of a valid configuration. A target that is stored already is accepted, so
   * that a row of another application can be put back.
   *
   * @param stored the configuration that is replaced, or null
   * @param longestExtension length of the organization's longest extension number; called only if
   *     necessary
   */
  static List<FieldError> check(
      @Nullable Map<String, @Nullable Object> stored,
      @Nullable Map<String, @Nullable Object> configuration,
      IntSupplier longestExtension) {
    List<FieldError> errors = new ArrayList<>();
    for (String member : TARGETS) {
      Object value = configuration == null ? null : configuration.get(member);
      boolean unchanged = stored != null && Objects.equals(stored.get(member), value);
      if (value instanceof String target
          && !unchanged
          && target.startsWith("0")
          && PhoneTargets.isExtensionNumber(target)) {
        int longest = longestExtension.getAsInt();
        if (target.length() > longest) {
          errors.add(FieldError.unexpected("configuration." + member, target, expected(longest)));
        }
      }
    }
    return errors;
  }

  private static String expected(int longest) {
    return "a national number as E.164, with + and the country code instead of the leading 0, such"
        + " as +49... for Germany; or an extension number, of which the organization's longest has "
        + longest
        + (longest == 1 ? " digit" : " digits");
  }
}

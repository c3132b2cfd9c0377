package io.voicerouting.phonenumber;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.CallAction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a phone number does with the calls of some callers. */
@Schema(description = "What a phone number does with the calls of some callers")
public record CallerRule(
    @Schema(description = "Which callers the rule is for", example = "prefix") CallerMatch match,
    @Schema(
            description =
                "E.164 number, or its first digits with the plus sign; null for anonymous callers",
            example = "+4940")
        @Nullable String value,
    @Schema(description = "What to do with their calls") CallAction action) {

  /**
   * Finds the rule for a caller: the number itself, else the longest prefix, else the rule for
   * anonymous callers.
   *
   * @param number the caller's E.164 number, or null
   * @param anonymous whether the caller is anonymous
   * @return null if there is no rule for the caller
   */
  public static @Nullable CallerRule find(
      List<CallerRule> rules, @Nullable String number, boolean anonymous) {
    CallerRule best = null;
    for (CallerRule rule : rules) {
      if (rule.matches(number, anonymous)
          && (best == null || rule.precedence() > best.precedence())) {
        best = rule;
      }
    }
    return best;
  }

  private boolean matches(@Nullable String number, boolean anonymous) {
    return switch (match) {
      case EXACT -> number != null && number.equals(value);
      case PREFIX -> number != null && value != null && number.startsWith(value);
      case ANONYMOUS -> anonymous;
    };
  }

  private int precedence() {
    return switch (match) {
      case EXACT -> Integer.MAX_VALUE;
      case PREFIX -> value == null ? 0 : value.length();
      case ANONYMOUS -> 0;
    };
  }
}

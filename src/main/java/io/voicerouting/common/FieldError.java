package io.voicerouting.common;

import java.util.regex.Pattern;

/**
 * An error of one parameter or member of a request.
 *
 * @param field name of the parameter or path of the member, in snake case, such as {@code
 *     schedule.monday.time_ranges[0].end_time}
 * @param message what was found and what was expected
 */
public record FieldError(String field, String message) {

  private static final int LONGEST_ECHO = 64;
  private static final Pattern UNPAIRED_SURROGATE = Pattern.compile("\\p{Cs}");

  /**
   * Creates an error that names the value, shortened if long, and the expectation.
   *
   * @param expected what would have been accepted, such as {@code RFC 3339 instant}
   */
  public static FieldError unexpected(String field, Object value, String expected) {
    return new FieldError(field, describe(value, expected));
  }

  /**
   * Creates the message {@code 'x' (expected: RFC 3339 instant)}.
   *
   * @param expected what would have been accepted
   */
  public static String describe(Object value, String expected) {
    String text = replaceUnpairedSurrogates(String.valueOf(value));
    if (text.codePointCount(0, text.length()) > LONGEST_ECHO) {
      text = text.substring(0, text.offsetByCodePoints(0, LONGEST_ECHO)) + "...";
    }
    return "'" + text + "' (expected: " + expected + ")";
  }

  /** UTF-8 cannot encode them. */
  private static String replaceUnpairedSurrogates(String text) {
    return UNPAIRED_SURROGATE.matcher(text).replaceAll("\uFFFD");
  }
}

package io.voicerouting.common;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An id in a path. A controller that declares a path variable of this type is called with positive
 * ids only; others are answered 400.
 *
 * @param value the id, positive
 */
@Schema(type = "integer", format = "int64", minimum = "1")
public record PositiveId(long value) {

  private static final int LONGEST = 19; // digits of the greatest id

  private static final String EXPECTED = "a positive 64-bit integer";

  public PositiveId {
    if (value <= 0) {
      throw new IllegalArgumentException(FieldError.describe(value, EXPECTED));
    }
  }

  /**
   * Parses decimal digits without sign or leading zeros. Spring's conversion service calls this
   * method.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static PositiveId of(String text) {
    try {
      if (isDigits(text) && text.charAt(0) != '0') {
        return new PositiveId(Long.parseLong(text));
      }
    } catch (NumberFormatException e) {
      // Too large: rejected below, without this cause, whose message would reach callers.
    }
    throw new IllegalArgumentException(FieldError.describe(text, EXPECTED));
  }

  /** Runs for each phone call; a regular expression would take longer. */
  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= LONGEST;
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}

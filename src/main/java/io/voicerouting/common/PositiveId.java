package io.voicerouting.common;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.regex.Pattern;

/**
 * An id in a path. A controller that declares a path variable of this type is called with positive
 * ids only; others are answered 400.
 *
 * @param value the id, positive
 */
@Schema(type = "integer", format = "int64", minimum = "1")
public record PositiveId(long value) {

  private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{0,18}");

  private static final String EXPECTED = "a positive 64-bit integer";

  /** Validates the id. */
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
      if (DIGITS.matcher(text).matches()) {
        return new PositiveId(Long.parseLong(text));
      }
    } catch (NumberFormatException e) {
      // Too large: rejected below, without this cause, whose message would reach callers.
    }
    throw new IllegalArgumentException(FieldError.describe(text, EXPECTED));
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}

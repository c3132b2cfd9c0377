package io.voicerouting.common;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.regex.Pattern;

/**
 * An id as it stands in a path. Controllers declare their path variables with this type, so that
 * anything else is a 400 before their code runs.
 *
 * @param value the id, positive
 */
@Schema(type = "integer", format = "int64", minimum = "1")
public record PositiveId(long value) {

  private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{0,18}");

  private static final String EXPECTED = "a positive 64-bit integer";

  /** Refuses what is not positive. */
  public PositiveId {
    if (value <= 0) {
      throw new IllegalArgumentException(FieldError.describe(value, EXPECTED));
    }
  }

  /**
   * Reads decimal digits without sign or leading zeros; Spring finds this method by its shape.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static PositiveId of(String text) {
    try {
      if (DIGITS.matcher(text).matches()) {
        return new PositiveId(Long.parseLong(text));
      }
    } catch (NumberFormatException e) {
      // Too large: refused below, without this cause, whose message callers would see for ours.
    }
    throw new IllegalArgumentException(FieldError.describe(text, EXPECTED));
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}

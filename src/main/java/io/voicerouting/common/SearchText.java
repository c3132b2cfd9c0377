package io.voicerouting.common;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The {@code q} of a list. Items match if they contain it, in any case.
 *
 * @param value 1 to 255 characters, not blank, no control characters
 */
@Schema(type = "string", minLength = 1, maxLength = SearchText.LONGEST)
public record SearchText(String value) {

  static final int LONGEST = 255;

  public SearchText {
    if (!Text.Validator.fits(value, LONGEST)) {
      throw new IllegalArgumentException(
          FieldError.describe(value, Text.Validator.expectation(LONGEST)));
    }
  }

  /**
   * Creates a search text from a query parameter. Spring's conversion service calls this method.
   *
   * @throws IllegalArgumentException if the text is blank, too long, or has control characters
   */
  public static SearchText of(String text) {
    return new SearchText(text);
  }

  /**
   * The pattern for HQL {@code ilike}, with wildcards escaped with a backslash. The database folds
   * the case of both sides.
   *
   * @return null if {@code text} is null
   */
  public static @Nullable String likePattern(@Nullable SearchText text) {
    return text == null ? null : "%" + text.value.replaceAll("[\\\\%_]", "\\\\$0") + "%";
  }
}

package io.voicerouting.common;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The {@code q} of a list: items match that contain it, whatever the case.
 *
 * @param value 1 to 255 characters, not blank, without control characters
 */
@Schema(type = "string", minLength = 1, maxLength = SearchText.LONGEST)
public record SearchText(String value) {

  static final int LONGEST = 255;

  /** Refuses what no name can contain. */
  public SearchText {
    if (!Text.Validator.fits(value, LONGEST)) {
      throw new IllegalArgumentException(
          FieldError.describe(value, Text.Validator.expectation(LONGEST)));
    }
  }

  /**
   * Makes one of a query parameter; Spring finds this method by its shape.
   *
   * @throws IllegalArgumentException for text that is blank, too long or has control characters
   */
  public static SearchText of(String text) {
    return new SearchText(text);
  }

  /**
   * A pattern for HQL {@code ilike}, its wildcards escaped by a backslash. Folding case is the
   * database's business, so that both sides are folded alike.
   */
  public String likePattern() {
    return "%" + value.replaceAll("[\\\\%_]", "\\\\$0") + "%";
  }
}

package io.voicerouting.routing.web;

import io.voicerouting.web.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The instant that a caller wants evaluated. Controllers declare it as the type of their parameter,
 * so that anything else is a 400 before their code runs.
 */
public record EvaluationInstant(Instant value) {

  private static final String EXPECTED = "RFC 3339 instant";

  /** A blank where the offset's sign belongs is a plus that was not encoded in a query. */
  private static final Pattern FORM =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+ -]\\d\\d:\\d\\d)");

  /**
   * Reads an RFC 3339 date-time; Spring finds this method by its shape.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static EvaluationInstant of(String text) {
    if (FORM.matcher(text).matches()) {
      try {
        String standard = text.toUpperCase(Locale.ROOT).replace(' ', '+');
        return new EvaluationInstant(OffsetDateTime.parse(standard).toInstant());
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(FieldError.describe(text, EXPECTED), e);
      }
    }
    throw new IllegalArgumentException(FieldError.describe(text, EXPECTED));
  }
}

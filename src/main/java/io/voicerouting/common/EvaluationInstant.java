package io.voicerouting.common;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The instant to evaluate. A controller that declares a parameter of this type is called with valid
 * instants only; others are answered 400.
 */
@Schema(type = "string", format = "date-time")
public record EvaluationInstant(Instant value) {

  private static final String EXPECTED = "RFC 3339 instant, years 0001 to 9998";

  /**
   * Accepts a space for the plus sign of an offset, which is what an unencoded plus becomes in a
   * query.
   */
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[Tt](\\d\\d:\\d\\d):(\\d\\d)(?:\\.(\\d+))?"
              + "(?:[Zz]|([+ -])([01]\\d|2[0-3]):([0-5]\\d))");

  /** The next change lies up to a year later, and local time a day earlier or later. */
  private static final int FIRST_YEAR = 1;

  private static final int LAST_YEAR = 9998;

  private static final int NANO_DIGITS = 9;
  private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

  /**
   * Parses an RFC 3339 date-time. Spring's conversion service calls this method. A leap second is
   * read as the second before it; digits beyond nanoseconds are dropped.
   *
   * @throws IllegalArgumentException if the text has another form, or its year in UTC is not 0001
   *     to 9998
   */
  public static EvaluationInstant of(String text) {
    Instant instant = parse(text);
    if (instant == null) {
      throw new IllegalArgumentException(FieldError.describe(text, EXPECTED));
    }
    return new EvaluationInstant(instant);
  }

  private static @Nullable Instant parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    boolean leapSecond = "60".equals(parts.group(3));
    LocalDateTime utc;
    try {
      String second = leapSecond ? "59" : parts.group(3);
      utc =
          LocalDateTime.parse(parts.group(1) + "T" + parts.group(2) + ":" + second)
              .plusNanos(nanos(parts.group(4)))
              .minusMinutes(offsetMinutes(parts));
    } catch (DateTimeException e) {
      return null;
    }
    boolean rightTime = !leapSecond || !utc.toLocalTime().isBefore(LAST_SECOND);
    boolean rightYear = utc.getYear() >= FIRST_YEAR && utc.getYear() <= LAST_YEAR;
    return rightTime && rightYear ? utc.toInstant(ZoneOffset.UTC) : null;
  }

  private static int nanos(@Nullable String fraction) {
    if (fraction == null) {
      return 0;
    }
    return Integer.parseInt((fraction + "0".repeat(NANO_DIGITS)).substring(0, NANO_DIGITS));
  }

  private static int offsetMinutes(Matcher parts) {
    if (parts.group(5) == null) {
      return 0;
    }
    int minutes = Integer.parseInt(parts.group(6)) * 60 + Integer.parseInt(parts.group(7));
    return parts.group(5).equals("-") ? -minutes : minutes;
  }
}

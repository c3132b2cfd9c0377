package io.voicerouting.routing.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The instant that a caller wants evaluated. Controllers declare it as the type of their parameter,
 * so that anything else is a 400 before their code runs.
 */
@Schema(type = "string", format = "date-time")
public record EvaluationInstant(Instant value) {

  private static final String EXPECTED = "RFC 3339 instant";

  /** A blank where the offset's sign belongs is a plus that was not encoded in a query. */
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[Tt](\\d\\d:\\d\\d):(\\d\\d)(?:\\.(\\d+))?"
              + "(?:[Zz]|([+ -])([01]\\d|2[0-3]):([0-5]\\d))");

  private static final int NANO_DIGITS = 9;
  private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

  /**
   * Reads an RFC 3339 date-time; Spring finds this method by its shape. A leap second is the second
   * before it, and what is finer than a nanosecond is cut off.
   *
   * @throws IllegalArgumentException for any other text, and when it is no year of four digits in
   *     UTC
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
    boolean rightYear = utc.getYear() >= 0 && utc.getYear() <= 9999;
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

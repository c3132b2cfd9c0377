package io.voicerouting.holiday;

import io.voicerouting.common.FieldError;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import org.jspecify.annotations.Nullable;

/**
 * A date or a time of an iCalendar event.
 *
 * @param local wall-clock time in the zone; midnight if it is a date
 * @param zone null if it is a date
 */
record EventTime(LocalDateTime local, @Nullable ZoneId zone) {

  private static final int DATE_LENGTH = 8;

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withResolverStyle(ResolverStyle.STRICT);

  /**
   * Parses a value.
   *
   * @param zone of a time that does not end with Z
   * @throws InvalidCalendarException if it is no date and no time
   */
  static EventTime parse(String value, ZoneId zone) {
    try {
      if (value.length() == DATE_LENGTH) {
        return new EventTime(LocalDate.parse(value, DATE).atStartOfDay(), null);
      }
      boolean utc = value.endsWith("Z");
      String local = utc ? value.substring(0, value.length() - 1) : value;
      // ISO 8601 has no leap seconds; RFC 5545 allows them.
      String without = local.endsWith("60") ? local.substring(0, local.length() - 2) + "59" : local;
      return new EventTime(LocalDateTime.parse(without, TIME), utc ? ZoneOffset.UTC : zone);
    } catch (DateTimeException e) {
      throw new InvalidCalendarException(
          "has a date " + FieldError.describe(value, "such as 20261225 or 20261225T090000Z"));
    }
  }

  boolean isDate() {
    return zone == null;
  }

  /** The wall-clock time in a zone; a date is the same in every zone. */
  LocalDateTime in(ZoneId other) {
    return zone == null ? local : local.atZone(zone).withZoneSameInstant(other).toLocalDateTime();
  }
}

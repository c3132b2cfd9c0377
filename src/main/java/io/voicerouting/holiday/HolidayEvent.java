package io.voicerouting.holiday;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * An occurrence of a holiday, in the time zone of the schedule.
 *
 * @param first first date that it touches
 * @param last last date that it touches
 * @param start null if it lasts all day
 * @param end exclusive; null if it lasts all day
 */
record HolidayEvent(
    LocalDate first,
    LocalDate last,
    String name,
    @Nullable LocalDateTime start,
    @Nullable LocalDateTime end) {

  /** Creates an occurrence that lasts all day. */
  static HolidayEvent allDay(LocalDate first, LocalDate last, String name) {
    return new HolidayEvent(first, last, name, null, null);
  }

  /**
   * Creates an occurrence that begins and ends at some time.
   *
   * @param end not before the start
   */
  static HolidayEvent timed(LocalDateTime start, LocalDateTime end, String name) {
    boolean endsAtMidnight = end.isAfter(start) && end.toLocalTime().equals(LocalTime.MIDNIGHT);
    LocalDate last = endsAtMidnight ? end.toLocalDate().minusDays(1) : end.toLocalDate();
    return new HolidayEvent(start.toLocalDate(), last, name, start, end);
  }

  /** First minute of a date that it covers. */
  int startMinute(LocalDate date) {
    return start == null || start.toLocalDate().isBefore(date)
        ? 0
        : start.toLocalTime().toSecondOfDay() / 60;
  }

  /** First minute of a date after those that it covers, up to 1440. */
  int endMinute(LocalDate date) {
    if (end == null || end.toLocalDate().isAfter(date)) {
      return 24 * 60;
    }
    return (end.toLocalTime().toSecondOfDay() + 59) / 60;
  }
}

package io.voicerouting.businesshours;

import static io.voicerouting.businesshours.TimeOfDay.MINUTES_PER_DAY;

import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The hours of a schedule for all time, prepared in periods of {@link #PERIOD_DAYS} days. Recurring
 * exceptions have no end, so that not all of their dates can be prepared. The periods used last are
 * kept. Thread-safe.
 */
final class HoursTimeline {

  private static final int PERIOD_DAYS = 128;

  /** Days after a period in which a change is looked for, and some more for offsets of zones. */
  private static final long LOOKAHEAD_DAYS = BusinessHoursCalendar.HORIZON.toDays() + 4;

  /** Together more than a year. */
  private static final int KEPT_PERIODS = 4;

  private final BusinessHoursView view;
  private final ExceptionDates dates;
  private final AtomicReferenceArray<Period> kept = new AtomicReferenceArray<>(KEPT_PERIODS);

  HoursTimeline(BusinessHoursView view) {
    this.view = view;
    this.dates = new ExceptionDates(view.exceptions(), view.importedExceptions());
  }

  private record Period(long number, WallClockHours hours) {}

  /**
   * The hours of the period of a minute. They are valid from the first day of the period until
   * {@link BusinessHoursCalendar#HORIZON} after its end.
   *
   * @param minute counted from 1970-01-01T00:00 on the wall clock
   */
  WallClockHours hoursAt(long minute) {
    long number = Math.floorDiv(minute, (long) PERIOD_DAYS * MINUTES_PER_DAY);
    int slot = Math.floorMod(number, KEPT_PERIODS);
    Period period = kept.get(slot);
    if (period == null || period.number() != number) {
      period = new Period(number, prepare(number)); // several threads may do this at once
      kept.set(slot, period);
    }
    return period.hours();
  }

  /** Whether the hours of a date are those of an exception that a holiday calendar has. */
  boolean isHoliday(LocalDate date) {
    ExceptionDay exception = dates.on(date);
    return exception != null && view.importedExceptions().contains(exception);
  }

  private WallClockHours prepare(long number) {
    long firstDay = number * PERIOD_DAYS;
    return new WallClockHours(view, dates, firstDay, firstDay + PERIOD_DAYS + LOOKAHEAD_DAYS);
  }
}

package io.voicerouting.businesshours;

import java.time.DayOfWeek;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A schedule in wall-clock time, without a zone. Determines which ranges apply on which date.
 * Minutes are counted from 1970-01-01T00:00.
 */
final class WallClockHours {

  private final AnchorDay[] week = new AnchorDay[DayOfWeek.values().length];
  private final Map<Long, AnchorDay> exceptions = new HashMap<>();
  private final DayPlans plans;
  private final MinuteIndex openMinutes;
  private final MinuteIndex closedMinutes;

  /**
   * Prepares the hours of a schedule.
   *
   * @throws IllegalArgumentException if a date has two exceptions
   */
  WallClockHours(BusinessHoursView view) {
    for (DayOfWeek day : DayOfWeek.values()) {
      week[day.getValue() - 1] = AnchorDay.of(view.schedule().day(day));
    }
    for (ExceptionDay day : view.exceptions()) {
      if (exceptions.put(day.date().toEpochDay(), AnchorDay.of(day)) != null) {
        throw new IllegalArgumentException(
            "exceptions: '" + day.date() + "' twice (expected: one exception per date)");
      }
    }
    plans = new DayPlans(this::weekPlan, specialDays(), this::specialPlan);
    openMinutes = new MinuteIndex(true, plans);
    closedMinutes = new MinuteIndex(false, plans);
  }

  boolean isOpen(long minute) {
    return plans.isOpen(minute);
  }

  /**
   * Finds the first minute at or after the given one that is open, or closed; or returns {@link
   * MinuteIndex#NEVER}.
   */
  long findFirstMinute(boolean open, long from) {
    return (open ? openMinutes : closedMinutes).findFirstMinute(from);
  }

  /**
   * Finds what makes a minute open or closed. Of overlapping ranges it is the one that started
   * first, so a range of the day before precedes those of the day.
   *
   * @return null if the minute is closed and its date has no exception
   */
  @Nullable BusinessHoursMatch findMatch(long minute) {
    long day = DayPlans.dayOf(minute);
    int minuteOfDay = DayPlans.minuteOfDay(minute);
    AnchorDay own = anchor(day);
    AnchorDay before = anchor(day - 1);
    TimeRange tail = own.exception() == null ? before.findCoveringOnNextDate(minuteOfDay) : null;
    if (tail != null) {
      return before.toMatch(day - 1, tail);
    }
    TimeRange range = own.findCovering(minuteOfDay);
    return range == null && own.exception() == null ? null : own.toMatch(day, range);
  }

  private AnchorDay anchor(long day) {
    AnchorDay exception = exceptions.get(day);
    return exception == null ? week[DayPlans.weekdayOf(day)] : exception;
  }

  private BitSet weekPlan(int weekday) {
    BitSet minutes = new BitSet();
    week[Math.floorMod(weekday - 1, week.length)].markOpenOnNextDate(minutes);
    week[weekday].markOpen(minutes);
    return minutes;
  }

  /** The dates of exceptions and the days after them, into which their ranges may continue. */
  private long[] specialDays() {
    return exceptions.keySet().stream()
        .flatMapToLong(day -> LongStream.of(day, day + 1))
        .sorted()
        .distinct()
        .toArray();
  }

  private BitSet specialPlan(long day) {
    BitSet minutes = new BitSet();
    if (!exceptions.containsKey(day)) { // ranges of the day before do not enter an exception
      anchor(day - 1).markOpenOnNextDate(minutes);
    }
    anchor(day).markOpen(minutes);
    return minutes;
  }
}

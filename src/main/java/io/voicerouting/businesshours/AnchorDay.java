package io.voicerouting.businesshours;

import static io.voicerouting.businesshours.TimeOfDay.MINUTES_PER_DAY;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The ranges that start on one date.
 *
 * @param ranges sorted by start
 * @param exception the exception that the ranges belong to; null for ranges of the weekday
 */
record AnchorDay(List<TimeRange> ranges, @Nullable ExceptionDay exception) {

  AnchorDay {
    ranges = ranges.stream().sorted(Comparator.comparing(TimeRange::startTime)).toList();
  }

  /** Creates the day of a weekday: without ranges if it is disabled. */
  static AnchorDay of(DaySchedule day) {
    return new AnchorDay(day.enabled() ? day.timeRanges() : List.of(), null);
  }

  /**
   * Creates the day of an exception. A closed exception has no ranges, even if some are stored with
   * it.
   */
  static AnchorDay of(ExceptionDay day) {
    return switch (day.type()) {
      case CLOSED -> new AnchorDay(List.of(), day);
      case SPECIAL_HOURS -> new AnchorDay(day.timeRanges(), day);
    };
  }

  /**
   * Sets the values of the minutes that the ranges cover on their own date. Of overlapping ranges,
   * the earliest counts.
   */
  void paint(int[] minutes, ToIntFunction<TimeRange> value) {
    for (TimeRange range : ranges.reversed()) {
      Arrays.fill(
          minutes, range.startTime().minute(), endOnOwnDate(range), value.applyAsInt(range));
    }
  }

  /** Sets the values of the minutes that the ranges cover on the next date. */
  void paintNextDate(int[] minutes, ToIntFunction<TimeRange> value) {
    for (TimeRange range : ranges.reversed()) {
      Arrays.fill(minutes, 0, endOnNextDate(range), value.applyAsInt(range));
    }
  }

  /** Finds the range that covers a minute of its own date; the earliest of several. */
  @Nullable TimeRange findCovering(int minute) {
    for (TimeRange range : ranges) {
      if (range.startTime().minute() <= minute && minute < endOnOwnDate(range)) {
        return range;
      }
    }
    return null;
  }

  /** Finds the range that covers a minute of the next date; the earliest of several. */
  @Nullable TimeRange findCoveringOnNextDate(int minute) {
    for (TimeRange range : ranges) {
      if (minute < endOnNextDate(range)) {
        return range;
      }
    }
    return null;
  }

  /**
   * Converts a range of this day to a match.
   *
   * @param range null if no range covers the instant
   */
  BusinessHoursMatch toMatch(long epochDay, @Nullable TimeRange range) {
    return new BusinessHoursMatch(
        exception == null ? BusinessHoursMatch.Kind.WEEKLY : BusinessHoursMatch.Kind.EXCEPTION,
        LocalDate.ofEpochDay(epochDay),
        exception == null ? null : exception.name(),
        range == null ? null : range.startTime(),
        range == null ? null : range.endTime());
  }

  private static int endOnOwnDate(TimeRange range) {
    return runsPastMidnight(range) ? MINUTES_PER_DAY : range.endTime().minute();
  }

  private static int endOnNextDate(TimeRange range) {
    return runsPastMidnight(range) ? range.endTime().minute() : 0;
  }

  private static boolean runsPastMidnight(TimeRange range) {
    return range.endTime().compareTo(range.startTime()) <= 0;
  }
}

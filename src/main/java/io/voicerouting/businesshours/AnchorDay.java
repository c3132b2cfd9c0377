package io.voicerouting.businesshours;

import static io.voicerouting.businesshours.TimeOfDay.MINUTES_PER_DAY;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The ranges that start on one date.
 *
 * @param ranges sorted by start
 * @param exception the exception that the ranges belong to; null for ranges of the weekday
 */
record AnchorDay(List<TimeRange> ranges, @Nullable ExceptionDay exception) {

  AnchorDay {
    if (ranges.size() > 1) {
      ranges = ranges.stream().sorted(Comparator.comparing(TimeRange::startTime)).toList();
    }
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

  /** Adds the minutes of its own date in which a range starts or ends. */
  void addBounds(IntStream.Builder bounds) {
    for (TimeRange range : ranges) {
      bounds.add(range.startTime().minute()).add(endOnOwnDate(range));
    }
  }

  /** Adds the minutes of the next date in which a range ends. */
  void addBoundsOfNextDate(IntStream.Builder bounds) {
    ranges.forEach(range -> bounds.add(endOnNextDate(range)));
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

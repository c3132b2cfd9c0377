package io.voicerouting.businesshours;

import static io.voicerouting.businesshours.TimeOfDay.MINUTES_PER_DAY;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ranges that start on a date, and where they come from.
 *
 * @param ranges by start
 * @param exception the exception they belong to; null when they are the weekday's
 */
record AnchorDay(List<TimeRange> ranges, @Nullable ExceptionDay exception) {

  AnchorDay {
    ranges = ranges.stream().sorted(Comparator.comparing(TimeRange::startTime)).toList();
  }

  /** An enabled weekday's ranges, or none. */
  static AnchorDay of(DaySchedule day) {
    return new AnchorDay(day.enabled() ? day.timeRanges() : List.of(), null);
  }

  /** A special day's ranges, or none: ranges stored with a closed day do not open it. */
  static AnchorDay of(ExceptionDay day) {
    return switch (day.type()) {
      case CLOSED -> new AnchorDay(List.of(), day);
      case SPECIAL_HOURS -> new AnchorDay(day.timeRanges(), day);
    };
  }

  /** Marks what the ranges cover of their own date. */
  void markOpen(BitSet minutes) {
    for (TimeRange range : ranges) {
      minutes.set(range.startTime().minute(), endOnOwnDate(range));
    }
  }

  /** Marks what the ranges cover of the date after theirs. */
  void markOpenOnNextDate(BitSet minutes) {
    for (TimeRange range : ranges) {
      minutes.set(0, endOnNextDate(range));
    }
  }

  /** The range that covers a minute of its own date, the earliest if several do. */
  @Nullable TimeRange findCovering(int minute) {
    for (TimeRange range : ranges) {
      if (range.startTime().minute() <= minute && minute < endOnOwnDate(range)) {
        return range;
      }
    }
    return null;
  }

  /** The range that covers a minute of the date after its own, the earliest if several do. */
  @Nullable TimeRange findCoveringOnNextDate(int minute) {
    for (TimeRange range : ranges) {
      if (minute < endOnNextDate(range)) {
        return range;
      }
    }
    return null;
  }

  /** Says that a range of this day, or none, is what matched. */
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

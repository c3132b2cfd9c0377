package io.voicerouting.businesshours;

import java.util.List;

/**
 * The hours of one weekday.
 *
 * @param enabled whether the ranges count at all
 * @param timeRanges ranges that start on this day, by start
 */
public record DaySchedule(boolean enabled, List<TimeRange> timeRanges) {

  /** A day without hours. */
  public static final DaySchedule DISABLED = new DaySchedule(false, List.of());

  /** Copies the list. */
  public DaySchedule {
    timeRanges = List.copyOf(timeRanges);
  }
}

package io.voicerouting.businesshours;

import java.time.LocalDate;
import java.util.List;

/**
 * A date that differs from its weekday.
 *
 * @param timeRanges ranges that start on the date, by start; none when closed
 */
public record ExceptionDay(
    LocalDate date, String name, ExceptionType type, List<TimeRange> timeRanges) {

  /** Copies the list. */
  public ExceptionDay {
    timeRanges = List.copyOf(timeRanges);
  }
}

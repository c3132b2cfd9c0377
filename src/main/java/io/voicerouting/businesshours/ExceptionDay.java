package io.voicerouting.businesshours;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;

/**
 * A date that differs from its weekday.
 *
 * @param timeRanges ranges that start on the date, by start; none when closed
 */
@Schema(description = "A date that differs from its weekday")
public record ExceptionDay(
    @Schema(description = "The date", example = "2026-12-25") LocalDate date,
    @Schema(description = "Name for people", example = "Christmas Day") String name,
    @Schema(description = "Closed, or open at hours of its own", example = "special_hours")
        ExceptionType type,
    @Schema(description = "Ranges that start on the date, by start; none when closed")
        List<TimeRange> timeRanges) {

  /** Copies the list. */
  public ExceptionDay {
    timeRanges = List.copyOf(timeRanges);
  }
}

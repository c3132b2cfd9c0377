package io.voicerouting.businesshours;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;

/**
 * A date whose hours differ from those of its weekday.
 *
 * @param timeRanges ranges that start on the date, sorted by start; empty if closed
 */
@Schema(description = "A date whose hours differ from those of its weekday")
public record ExceptionDay(
    @Schema(description = "The date", example = "2026-12-25") LocalDate date,
    @Schema(description = "Display name", example = "Christmas Day") String name,
    @Schema(description = "Closed, or open at special hours", example = "special_hours")
        ExceptionType type,
    @Schema(description = "Ranges that start on the date, sorted by start; empty if closed")
        List<TimeRange> timeRanges) {

  /** Copies the list. */
  public ExceptionDay {
    timeRanges = List.copyOf(timeRanges);
  }
}

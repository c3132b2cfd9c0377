package io.voicerouting.businesshours;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The hours of one weekday. */
@Schema(description = "Hours of one weekday")
public record DaySchedule(
    @Schema(description = "False if the ranges are ignored", example = "true") boolean enabled,
    @Schema(description = "Ranges that start on this day, sorted by start")
        List<TimeRange> timeRanges) {

  /** A day without hours. */
  public static final DaySchedule DISABLED = new DaySchedule(false, List.of());

  public DaySchedule {
    timeRanges = List.copyOf(timeRanges);
  }
}

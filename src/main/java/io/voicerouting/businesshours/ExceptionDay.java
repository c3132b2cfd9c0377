package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A date whose hours differ from those of its weekday.
 *
 * @param timeRanges ranges that start on the date, sorted by start; empty if closed
 * @param action what to do with calls on the date and in its ranges, unless a range has an action
 *     of its own; null, and omitted from JSON, for the actions of the schedule
 */
@Schema(description = "A date whose hours differ from those of its weekday")
public record ExceptionDay(
    @Schema(description = "The date", example = "2026-12-25") LocalDate date,
    @Schema(description = "Display name", example = "Christmas Day") String name,
    @Schema(description = "Closed, or open at special hours", example = "special_hours")
        ExceptionType type,
    @Schema(description = "Ranges that start on the date, sorted by start; empty if closed")
        List<TimeRange> timeRanges,
    @Schema(
            description =
                "What to do with calls on the date and in its ranges, unless a range has an action"
                    + " of its own; if missing, the actions of the schedule")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable CallAction action) {

  /** Copies the list. */
  public ExceptionDay {
    timeRanges = List.copyOf(timeRanges);
  }

  /** Creates an exception without an action of its own. */
  public ExceptionDay(LocalDate date, String name, ExceptionType type, List<TimeRange> timeRanges) {
    this(date, name, type, timeRanges, null);
  }
}

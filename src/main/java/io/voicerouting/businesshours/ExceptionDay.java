package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.CallAction;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Dates whose hours differ from those of their weekdays. Null members are omitted from JSON. */
@Schema(description = "Dates whose hours differ from those of their weekdays")
public record ExceptionDay(
    @Schema(
            description =
                "The date, or the first of several; if it recurs, of its first occurrence",
            example = "2026-12-25")
        LocalDate date,
    @Schema(description = "The last of several dates; missing for one", example = "2026-12-26")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable LocalDate endDate,
    @Schema(description = "How it recurs, if it does", example = "yearly")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable ExceptionRecurrence recurrence,
    @Schema(
            description = "Week of the date in its month; only for yearly_weekday",
            example = "fourth")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable WeekOfMonth weekOfMonth,
    @Schema(description = "Display name", example = "Christmas") String name,
    @Schema(description = "Closed, or open at special hours", example = "special_hours")
        ExceptionType type,
    @Schema(description = "Ranges that start on each date, sorted by start; empty if closed")
        List<TimeRange> timeRanges,
    @Schema(
            description =
                "What to do with calls on the dates and in their ranges, unless a range has an"
                    + " action of its own; if missing, the actions of the schedule")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable CallAction action) {

  /** By what distinguishes the exceptions of one schedule. */
  static final Comparator<ExceptionDay> BY_DATE =
      Comparator.comparing(ExceptionDay::date)
          .thenComparing(ExceptionDay::endDate, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(
              ExceptionDay::recurrence, Comparator.nullsFirst(Comparator.naturalOrder()));

  public ExceptionDay {
    timeRanges = List.copyOf(timeRanges);
  }

  /** Creates an exception for one date, without an action of its own. */
  public ExceptionDay(LocalDate date, String name, ExceptionType type, List<TimeRange> timeRanges) {
    this(date, null, null, null, name, type, timeRanges, null);
  }

  /** The last date; if it recurs, of its first occurrence. */
  LocalDate lastDate() {
    return Objects.requireNonNullElse(endDate, date);
  }
}

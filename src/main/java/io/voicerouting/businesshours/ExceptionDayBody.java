package io.voicerouting.businesshours;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.SelfValidating;
import io.voicerouting.common.Text;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dates whose hours differ from those of their weekdays. */
@Schema(
    name = "ExceptionDayBody",
    description = "Dates whose hours differ from those of their weekdays")
record ExceptionDayBody(
    @Schema(
            description =
                "The date, or the first of several; if it recurs, of its first occurrence",
            example = "2026-12-25")
        @NotNull
        LocalDate date,
    @Schema(
            description = "The last of several dates, at most 366; null for one",
            example = "2026-12-26")
        @Nullable LocalDate endDate,
    @Schema(
            description =
                "yearly: the same days of each year, 29 February only in leap years;"
                    + " yearly_weekday: the same weekday of the same week of the month, such as"
                    + " the fourth Thursday of November, with the days that follow it up to the"
                    + " end date; null: not at all",
            example = "yearly")
        @Nullable ExceptionRecurrence recurrence,
    @Schema(
            description =
                "Week of the date in its month, for yearly_weekday only: days 22 to 28 may be"
                    + " both fourth and last",
            example = "null")
        @Nullable WeekOfMonth weekOfMonth,
    @Schema(description = "Display name: " + Text.DESCRIPTION, example = "Christmas") @NotNull @Text
        String name,
    @Schema(description = "Closed, or open at special hours", example = "special_hours") @NotNull
        ExceptionType type,
    @Schema(description = "Ranges that start on each date; only for special_hours")
        @Nullable
        @Size(
            max = TimeRangeBody.MOST,
            message = "is too long (expected: at most {max} ranges a day)")
        List<@NotNull @Valid TimeRangeBody> timeRanges,
    @Schema(
            description =
                "What to do with calls on the dates and in their ranges, unless a range has an"
                    + " action of its own; null for the actions of the schedule")
        @Nullable CallAction action) {

  ExceptionDayBody {
    timeRanges = SelfValidating.truncate(timeRanges, TimeRangeBody.MOST);
  }

  ExceptionDay toExceptionDay() {
    return toExceptionDay(TimeRangeBody.toTimeRanges(timeRanges), action);
  }

  /** Converts the dates, which need not be valid, without ranges and action. */
  ExceptionDay toDates() {
    return toExceptionDay(List.of(), null);
  }

  private ExceptionDay toExceptionDay(List<TimeRange> ranges, @Nullable CallAction ownAction) {
    return new ExceptionDay(
        date,
        date.equals(endDate) ? null : endDate,
        recurrence,
        weekOfMonth,
        name,
        type,
        ranges,
        ownAction);
  }
}

package io.voicerouting.businesshours;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.CallAction;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time range from its start to its end, exclusive. It runs past midnight if the end is not after
 * the start.
 */
@Schema(
    name = "TimeRangeBody",
    description =
        "From start to end, exclusive; runs past midnight if the end is not after the start")
record TimeRangeBody(
    @Schema(description = "First minute in the range", example = "09:00") @NotNull
        TimeOfDay startTime,
    @Schema(description = "First minute after the range, up to 24:00", example = "17:00") @NotNull
        TimeOfDay endTime,
    @Schema(
            description =
                "What to do with calls in the range; null for the action of the exception or"
                    + " else of the schedule")
        @Nullable CallAction action) {

  /** Most ranges of a day. */
  static final int MOST = 24;

  TimeRange toTimeRange() {
    return new TimeRange(startTime, endTime, action);
  }

  /** Converts and sorts the ranges of a day; null for none. */
  static List<TimeRange> toTimeRanges(@Nullable List<TimeRangeBody> ranges) {
    return ranges == null
        ? List.of()
        : BusinessHoursMapping.sort(ranges.stream().map(TimeRangeBody::toTimeRange).toList());
  }
}

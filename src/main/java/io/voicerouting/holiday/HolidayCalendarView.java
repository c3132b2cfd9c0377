package io.voicerouting.holiday;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.businesshours.ExceptionType;
import io.voicerouting.businesshours.TimeRange;
import io.voicerouting.common.CallAction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A holiday calendar, as answers show it. */
@Schema(description = "A holiday calendar of a schedule")
record HolidayCalendarView(
    @Schema(description = "Id, assigned by the service", example = "7") long id,
    @Schema(description = "Increases with every change and every reading", example = "3")
        long version,
    @Schema(description = "Time of creation", example = "2026-11-23T14:00:00Z") Instant createdAt,
    @Schema(description = "Time of the last change or reading", example = "2026-11-23T14:00:00Z")
        Instant updatedAt,
    @Schema(description = "Id of the schedule that it brings exceptions to", example = "7")
        long businessHoursScheduleId,
    @Schema(description = "Display name", example = "Public holidays") String name,
    @Schema(description = "Where the days come from", example = "region") HolidaySource source,
    @Schema(description = "ISO 3166-1 code of the country, or null", example = "DE")
        @Nullable String country,
    @Schema(
            description = "ISO 3166-2 code of the subdivision without the country, or null",
            example = "HH")
        @Nullable String subdivision,
    @Schema(description = "Address of the feed, or null", example = "null") @Nullable String url,
    @Schema(description = "Closed on its dates, or open at special hours", example = "closed")
        ExceptionType type,
    @Schema(
            description =
                "Hours on its dates if type is special_hours; if empty, the hours of the events")
        List<TimeRange> timeRanges,
    @Schema(description = "What to do with calls on its dates; null for the schedule's actions")
        @Nullable CallAction action,
    @Schema(description = "Minutes from one reading to the next", example = "360")
        int refreshMinutes,
    @Schema(description = "How the last reading went", example = "ok") HolidayCalendarState state,
    @Schema(description = "Time of the last success, or null", example = "2026-11-23T14:00:00Z")
        @Nullable Instant lastSuccessAt,
    @Schema(description = "Why the last reading failed, or null", example = "null")
        @Nullable String lastError,
    @Schema(description = "Number of failed readings since the last success", example = "0")
        int failures,
    @Schema(description = "What is held back, or null") @Nullable HeldImport held) {

  HolidayCalendarView {
    timeRanges = List.copyOf(timeRanges);
  }

  /** Whether two calendars have the same source. */
  boolean readsSameAs(HolidayCalendarView other) {
    return source == other.source
        && Objects.equals(country, other.country)
        && Objects.equals(subdivision, other.subdivision)
        && Objects.equals(url, other.url);
  }
}

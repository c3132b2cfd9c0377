package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.CallOverride;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A complete business-hours schedule, as answers and the cache show it. */
@Schema(description = "A complete business-hours schedule")
public record BusinessHoursView(
    @Schema(description = "Id, assigned by the service", example = "7") long id,
    @Schema(description = "Increases with every change", example = "3") long version,
    @Schema(description = "Time of creation", example = "2026-11-23T14:00:00Z") Instant createdAt,
    @Schema(description = "Time of the last change", example = "2026-11-23T14:00:00Z")
        Instant updatedAt,
    @Schema(description = "Id of the organization", example = "42") long organizationId,
    @Schema(description = "Display name", example = "Head office") String name,
    @Schema(
            description =
                "Whether it is in use; an organization has at most one active schedule of its scope"
                    + " organization",
            example = "active")
        BusinessHoursStatus status,
    @Schema(
            description = "What it is for: the organization, or the phone numbers that name it",
            example = "organization")
        BusinessHoursScope scope,
    @Schema(
            description = "IANA time zone id as stored; null means the zone of the organization",
            example = "America/New_York")
        @Nullable String timezone,
    @Schema(
            description =
                "The schedule's own zone or else the organization's; only in routing answers",
            example = "America/New_York")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String effectiveTimezone,
    @Schema(description = "Action for calls while open") CallAction openHoursAction,
    @Schema(description = "Action for calls while closed") CallAction closedHoursAction,
    @Schema(description = "Hours by weekday") WeekSchedule schedule,
    @Schema(description = "Dates whose hours differ from those of their weekdays, sorted by date")
        List<ExceptionDay> exceptions,
    @Schema(
            description =
                "Read-only: the same, brought by holiday calendars. They count on dates that no"
                    + " other exception has.")
        List<ExceptionDay> importedExceptions,
    @Schema(
            description =
                "Its overrides that are not over, the newest first; only in routing answers")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable List<CallOverride> overrides) {

  public BusinessHoursView {
    exceptions = List.copyOf(exceptions);
    importedExceptions = List.copyOf(importedExceptions);
  }
}

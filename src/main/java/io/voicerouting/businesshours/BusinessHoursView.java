package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A business-hours schedule, whole, as APIs and the cache show it.
 *
 * @param timezone time zone as stored; null when the schedule follows its organization
 * @param effectiveTimezone the zone that counts: the schedule's own, else the organization's; null,
 *     and left out of JSON, in the admin API
 * @param exceptions dated exceptions, by date
 */
@Schema(description = "A business-hours schedule, whole")
public record BusinessHoursView(
    @Schema(description = "Id, given by the service", example = "7") long id,
    @Schema(description = "Moves with every change", example = "3") long version,
    @Schema(description = "When it was stored", example = "2026-11-23T14:00:00Z") Instant createdAt,
    @Schema(description = "When it last changed", example = "2026-11-23T14:00:00Z")
        Instant updatedAt,
    @Schema(description = "Organization it belongs to", example = "42") long organizationId,
    @Schema(description = "Name for people", example = "Head office") String name,
    @Schema(
            description = "Whether it counts; an organization has one active schedule at most",
            example = "active")
        BusinessHoursStatus status,
    @Schema(
            description = "IANA time zone id as stored; null to follow the organization",
            example = "America/New_York")
        @Nullable String timezone,
    @Schema(
            description = "The zone that counts; in routing answers only",
            example = "America/New_York")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String effectiveTimezone,
    @Schema(description = "What to do with a call while open") CallAction openHoursAction,
    @Schema(description = "What to do with a call while closed") CallAction closedHoursAction,
    @Schema(description = "Hours by weekday") WeekSchedule schedule,
    @Schema(description = "Dates that differ from their weekday, by date")
        List<ExceptionDay> exceptions) {

  /** Copies the list. */
  public BusinessHoursView {
    exceptions = List.copyOf(exceptions);
  }
}

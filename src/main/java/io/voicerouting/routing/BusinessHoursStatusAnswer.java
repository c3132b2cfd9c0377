package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursCalendar;
import io.voicerouting.businesshours.BusinessHoursMatch;
import io.voicerouting.businesshours.BusinessHoursState;
import io.voicerouting.businesshours.BusinessHoursView;
import io.voicerouting.common.CallAction;
import io.voicerouting.organization.OrganizationView;
import io.voicerouting.override.OverrideTimeline;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether an organization is open at an instant, and the action that follows. */
@Schema(description = "Whether an organization is open at an instant")
public record BusinessHoursStatusAnswer(
    @Schema(description = "Id of the organization", example = "42") long organizationId,
    @Schema(description = "Id of the active schedule", example = "7") long scheduleId,
    @Schema(description = "Open or closed", example = "open") BusinessHoursState state,
    @Schema(description = "The effective time zone", example = "America/New_York") String timezone,
    @Schema(
            description = "Local time in that zone, with its offset",
            example = "2026-11-23T09:00:00-05:00")
        OffsetDateTime localTime,
    @Schema(
            description =
                "The matching range or exception; null if it is closed without an exception, or an"
                    + " override decides whether it is open")
        @Nullable BusinessHoursMatch matched,
    @Schema(description = "The override that applies, if any")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable AppliedOverride override,
    @Schema(
            description =
                "What to do with calls: the action of the override, the range or the exception, or"
                    + " else of the schedule for this state")
        CallAction action,
    @Schema(description = "The instant that was evaluated", example = "2026-11-23T14:00:00Z")
        Instant evaluatedAt,
    @Schema(
            description =
                "First later instant with a different state; null if there is none within 366 days",
            example = "2026-11-23T22:00:00Z")
        @Nullable Instant nextChangeAt) {

  /**
   * Evaluates a schedule.
   *
   * @param organization whose overrides apply, too
   * @param at within the years that {@link OffsetDateTime} supports
   */
  public static BusinessHoursStatusAnswer of(
      ActiveSchedule.Valid schedule, OrganizationView organization, Instant at) {
    BusinessHoursView view = schedule.view();
    BusinessHoursCalendar calendar = schedule.calendar();
    OverrideTimeline overrides =
        OverrideTimeline.NONE.preceded(organization.overrides()).preceded(view.overrides());
    EffectiveEvaluation now = new EffectiveHours(schedule, null, null, overrides).evaluate(at);
    return new BusinessHoursStatusAnswer(
        view.organizationId(),
        view.id(),
        now.state(),
        String.valueOf(view.effectiveTimezone()),
        at.atZone(calendar.zone()).toOffsetDateTime(),
        now.isOverridden() ? null : calendar.matchAt(at),
        AppliedOverride.of(now.override()),
        Objects.requireNonNull(now.action()), // a schedule has actions
        at,
        now.nextChangeAt());
  }
}

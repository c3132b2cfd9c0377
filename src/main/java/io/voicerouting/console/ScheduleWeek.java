package io.voicerouting.console;

import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.businesshours.ActiveSchedule;
import io.voicerouting.businesshours.BusinessHoursMatch;
import io.voicerouting.businesshours.BusinessHoursView;
import io.voicerouting.organization.OrganizationView;
import io.voicerouting.override.OverrideTimeline;
import io.voicerouting.routing.BusinessHoursStatusAnswer;
import io.voicerouting.routing.BusinessHoursWeek;
import io.voicerouting.routing.EffectiveHours;
import io.voicerouting.routing.WeekEvaluator;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A week of one schedule. */
@Schema(description = "A week of one schedule")
record ScheduleWeek(
    @Schema(description = "Id of the organization", example = "42") long organizationId,
    @Schema(description = "Its display name", example = "Acme Telephony") String organizationName,
    @Schema(description = "Id of the schedule", example = "7") long scheduleId,
    @Schema(description = "Its display name", example = "Head office") String scheduleName,
    BusinessHoursStatusAnswer now,
    @Schema(
            description = "Whether the exception that decides now is one of a holiday calendar",
            example = "false")
        boolean holidayNow,
    @Schema(
            description = "Local time of the next change after now; null if none within 366 days",
            example = "2026-11-23T17:00:00-05:00")
        @Nullable OffsetDateTime nextChange,
    BusinessHoursWeek week,
    @Schema(
            description =
                "The overrides that decide now or in the week, by id; none if PostgreSQL could not be asked")
        List<OverrideDetails> overrides) {

  /** Copies the list. */
  ScheduleWeek {
    overrides = List.copyOf(overrides);
  }

  /**
   * Evaluates a week.
   *
   * @param organization whose overrides apply, too
   * @param from the first date; null for Monday of the week of {@code now}
   * @param deciding finds the rows of overrides
   */
  static ScheduleWeek of(
      ActiveSchedule.Valid schedule,
      OrganizationView organization,
      @Nullable LocalDate from,
      Instant now,
      DecidingOverrides deciding) {
    BusinessHoursView view = schedule.view();
    ZoneId zone = schedule.calendar().zone();
    OverrideTimeline overrides =
        OverrideTimeline.NONE.preceded(organization.overrides()).preceded(view.overrides());
    BusinessHoursStatusAnswer status = BusinessHoursStatusAnswer.of(schedule, organization, now);
    LocalDate monday =
        now.atZone(zone).toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    BusinessHoursMatch match = status.matched();
    Instant next = status.nextChangeAt();
    BusinessHoursWeek week =
        WeekEvaluator.evaluate(
            new EffectiveHours(schedule, null, null, overrides),
            zone,
            String.valueOf(view.effectiveTimezone()),
            Objects.requireNonNullElse(from, monday));
    return new ScheduleWeek(
        organization.id(),
        organization.name(),
        view.id(),
        view.name(),
        status,
        match != null && schedule.calendar().isHoliday(match.date()),
        next == null ? null : next.atZone(zone).toOffsetDateTime(),
        week,
        deciding.find(organization.id(), week, status.override(), zone));
  }
}

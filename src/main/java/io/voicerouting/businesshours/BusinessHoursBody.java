package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.SelfValidating;
import io.voicerouting.common.Text;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A schedule in a request. Read-only members are ignored, so that a document from {@code GET} can
 * be {@code PUT} back.
 *
 * <p>Members of this record and of its nested records, and elements of their lists, may be null
 * until the body has been validated.
 */
@JsonIgnoreProperties({
  "id",
  "version",
  "created_at",
  "updated_at",
  "organization_id",
  "effective_timezone",
  "imported_exceptions",
  "overrides"
})
@Schema(name = "BusinessHoursBody", description = "A schedule in a request")
public record BusinessHoursBody(
    @Schema(description = "Display name: " + Text.DESCRIPTION, example = "Head office")
        @NotNull
        @Text
        String name,
    @Schema(
            description = "Whether the schedule is in use",
            defaultValue = "active",
            example = "active")
        @Nullable BusinessHoursStatus status,
    @Schema(
            description = "What it is for: the organization, or the phone numbers that name it",
            defaultValue = "organization",
            example = "organization")
        @Nullable BusinessHoursScope scope,
    @Schema(
            description = "IANA time zone id; null means the zone of the organization",
            example = "America/New_York")
        @Nullable String timezone,
    @Schema(description = "Action for calls while open") @NotNull CallAction openHoursAction,
    @Schema(description = "Action for calls while closed") @NotNull CallAction closedHoursAction,
    @Schema(description = "Hours by weekday") @NotNull @Valid Week schedule,
    @Schema(
            description =
                "Dates whose hours differ from those of their weekdays. If several apply on a date,"
                    + " a dated one takes precedence over a recurring one, and the shorter over the"
                    + " longer.")
        @Nullable
        @Size(
            max = BusinessHoursBody.MOST_EXCEPTIONS,
            message = "is too long (expected: at most {max} exceptions)")
        List<@NotNull @Valid ExceptionDayBody> exceptions)
    implements SelfValidating {

  static final int MOST_EXCEPTIONS = 400;

  /** Shortens exceptions that are too many. */
  public BusinessHoursBody {
    exceptions = SelfValidating.truncate(exceptions, MOST_EXCEPTIONS);
  }

  @Override
  public List<FieldError> validate() {
    return new BusinessHoursRules(this).check();
  }

  /**
   * Prepares the schedule that a stored one would be with this validated body. Nothing is stored.
   *
   * @param stored gives what a request cannot set: ids, imported exceptions, overrides
   * @param organizationTimezone for a schedule without a time zone of its own
   */
  public ActiveSchedule replacing(BusinessHoursView stored, String organizationTimezone) {
    BusinessHoursDraft draft = toDraft();
    return ActiveSchedule.of(
        new BusinessHoursView(
            stored.id(),
            stored.version(),
            stored.createdAt(),
            stored.updatedAt(),
            stored.organizationId(),
            draft.name(),
            draft.status(),
            stored.scope(),
            draft.timezone(),
            Objects.requireNonNullElse(draft.timezone(), organizationTimezone),
            draft.openHoursAction(),
            draft.closedHoursAction(),
            draft.schedule(),
            draft.exceptions(),
            stored.importedExceptions(),
            stored.overrides()));
  }

  /** Converts a validated body. */
  BusinessHoursDraft toDraft() {
    List<ExceptionDayBody> dates = Objects.requireNonNullElse(exceptions, List.of());
    return new BusinessHoursDraft(
        name,
        Objects.requireNonNullElse(status, BusinessHoursStatus.ACTIVE),
        Objects.requireNonNullElse(scope, BusinessHoursScope.ORGANIZATION),
        timezone,
        openHoursAction,
        closedHoursAction,
        WeekSchedule.of(schedule::hours),
        dates.stream().map(ExceptionDayBody::toExceptionDay).sorted(ExceptionDay.BY_DATE).toList());
  }

  /** Hours by weekday. A null weekday is disabled. */
  @Schema(
      name = "WeekScheduleBody",
      description = "Hours by weekday; a missing weekday is disabled")
  record Week(
      @Valid @Nullable Day monday,
      @Valid @Nullable Day tuesday,
      @Valid @Nullable Day wednesday,
      @Valid @Nullable Day thursday,
      @Valid @Nullable Day friday,
      @Valid @Nullable Day saturday,
      @Valid @Nullable Day sunday) {

    @Nullable Day day(DayOfWeek day) {
      return switch (day) {
        case MONDAY -> monday;
        case TUESDAY -> tuesday;
        case WEDNESDAY -> wednesday;
        case THURSDAY -> thursday;
        case FRIDAY -> friday;
        case SATURDAY -> saturday;
        case SUNDAY -> sunday;
      };
    }

    private DaySchedule hours(DayOfWeek weekday) {
      Day day = day(weekday);
      return day == null ? DaySchedule.DISABLED : day.toDaySchedule();
    }
  }

  /** Hours of one weekday. */
  @Schema(name = "DayScheduleBody", description = "Hours of one weekday")
  record Day(
      @Schema(description = "False if the ranges are ignored", example = "true") @NotNull
          Boolean enabled,
      @Schema(description = "Ranges that start on this day; none if missing")
          @Nullable
          @Size(
              max = TimeRangeBody.MOST,
              message = "is too long (expected: at most {max} ranges a day)")
          List<@NotNull @Valid TimeRangeBody> timeRanges) {

    Day {
      timeRanges = SelfValidating.truncate(timeRanges, TimeRangeBody.MOST);
    }

    DaySchedule toDaySchedule() {
      return new DaySchedule(enabled, TimeRangeBody.toTimeRanges(timeRanges));
    }
  }
}

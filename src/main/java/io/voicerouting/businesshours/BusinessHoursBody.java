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
import java.time.LocalDate;
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
        List<@NotNull @Valid Exceptional> exceptions)
    implements SelfValidating {

  static final int MOST_EXCEPTIONS = 400;
  static final int MOST_RANGES = 24;

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
    List<Exceptional> dates = Objects.requireNonNullElse(exceptions, List.of());
    return new BusinessHoursDraft(
        name,
        Objects.requireNonNullElse(status, BusinessHoursStatus.ACTIVE),
        Objects.requireNonNullElse(scope, BusinessHoursScope.ORGANIZATION),
        timezone,
        openHoursAction,
        closedHoursAction,
        WeekSchedule.of(schedule::hours),
        dates.stream().map(Exceptional::toExceptionDay).sorted(ExceptionDay.BY_DATE).toList());
  }

  private static List<TimeRange> sort(@Nullable List<Range> ranges) {
    return ranges == null
        ? List.of()
        : BusinessHoursMapping.sort(ranges.stream().map(Range::toTimeRange).toList());
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
          @Size(max = MOST_RANGES, message = "is too long (expected: at most {max} ranges a day)")
          List<@NotNull @Valid Range> timeRanges) {

    Day {
      timeRanges = SelfValidating.truncate(timeRanges, MOST_RANGES);
    }

    DaySchedule toDaySchedule() {
      return new DaySchedule(enabled, sort(timeRanges));
    }
  }

  /** Dates whose hours differ from those of their weekdays. */
  @Schema(
      name = "ExceptionDayBody",
      description = "Dates whose hours differ from those of their weekdays")
  record Exceptional(
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
      @Schema(description = "Display name: " + Text.DESCRIPTION, example = "Christmas")
          @NotNull
          @Text
          String name,
      @Schema(description = "Closed, or open at special hours", example = "special_hours") @NotNull
          ExceptionType type,
      @Schema(description = "Ranges that start on each date; only for special_hours")
          @Nullable
          @Size(max = MOST_RANGES, message = "is too long (expected: at most {max} ranges a day)")
          List<@NotNull @Valid Range> timeRanges,
      @Schema(
              description =
                  "What to do with calls on the dates and in their ranges, unless a range has an"
                      + " action of its own; null for the actions of the schedule")
          @Nullable CallAction action) {

    Exceptional {
      timeRanges = SelfValidating.truncate(timeRanges, MOST_RANGES);
    }

    ExceptionDay toExceptionDay() {
      return toExceptionDay(sort(timeRanges), action);
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

  /**
   * A time range from its start to its end, exclusive. It runs past midnight if the end is not
   * after the start.
   */
  @Schema(
      name = "TimeRangeBody",
      description =
          "From start to end, exclusive; runs past midnight if the end is not after the start")
  record Range(
      @Schema(description = "First minute in the range", example = "09:00") @NotNull
          TimeOfDay startTime,
      @Schema(description = "First minute after the range, up to 24:00", example = "17:00") @NotNull
          TimeOfDay endTime,
      @Schema(
              description =
                  "What to do with calls in the range; null for the action of the exception or"
                      + " else of the schedule")
          @Nullable CallAction action) {

    TimeRange toTimeRange() {
      return new TimeRange(startTime, endTime, action);
    }
  }
}

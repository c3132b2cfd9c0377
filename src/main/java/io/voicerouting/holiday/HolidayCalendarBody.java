package io.voicerouting.holiday;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.businesshours.ExceptionType;
import io.voicerouting.businesshours.TimeOfDay;
import io.voicerouting.businesshours.TimeRange;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.SelfValidating;
import io.voicerouting.common.Text;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A holiday calendar in a request. Read-only members are ignored, so that a document from {@code
 * GET} can be {@code PUT} back.
 */
@JsonIgnoreProperties({
  "id",
  "version",
  "created_at",
  "updated_at",
  "business_hours_schedule_id",
  "state",
  "last_success_at",
  "last_error",
  "failures",
  "held"
})
@Schema(name = "HolidayCalendarBody", description = "A holiday calendar in a request")
record HolidayCalendarBody(
    @Schema(description = "Display name: " + Text.DESCRIPTION, example = "Public holidays")
        @NotNull
        @Text
        String name,
    @Schema(description = "Where the days come from", example = "region") @NotNull
        HolidaySource source,
    @Schema(
            description = "ISO 3166-1 code of the country; required if source is region",
            example = "DE")
        @Nullable String country,
    @Schema(
            description =
                "ISO 3166-2 code of the subdivision without the country, such as HH for Hamburg;"
                    + " null for what the whole country has",
            example = "HH")
        @Nullable String subdivision,
    @Schema(
            description =
                "https address of an iCalendar feed; required if source is ical. It must not be"
                    + " that of a private network",
            example = "null")
        @Nullable String url,
    @Schema(
            description = "Closed on its dates, or open at special hours",
            defaultValue = "closed",
            example = "closed")
        @Nullable ExceptionType type,
    @Schema(
            description =
                "Hours on its dates, only for special_hours. Required if source is region; if a"
                    + " feed has none, open during its events")
        @Nullable
        @Size(
            max = HolidayCalendarBody.MOST_RANGES,
            message = "is too long (expected: at most {max} ranges a day)")
        List<@NotNull @Valid Range> timeRanges,
    @Schema(description = "What to do with calls on its dates; null for the schedule's actions")
        @Nullable CallAction action,
    @Schema(
            description = "Minutes from one reading to the next, 5 to 10080",
            defaultValue = "360",
            example = "360")
        @Nullable
        @Min(value = 5, message = "(expected: 5 to 10080)")
        @Max(value = 10_080, message = "(expected: 5 to 10080)")
        Integer refreshMinutes)
    implements SelfValidating {

  static final int MOST_RANGES = 24;

  private static final int DEFAULT_REFRESH_MINUTES = 360;

  HolidayCalendarBody {
    timeRanges = SelfValidating.truncate(timeRanges, MOST_RANGES);
  }

  /** From start to end, exclusive. */
  @Schema(
      name = "HolidayTimeRangeBody",
      description =
          "From start to end, exclusive; runs past midnight if the end is not after the start")
  record Range(
      @Schema(description = "First minute in the range", example = "10:00") @NotNull
          TimeOfDay startTime,
      @Schema(description = "First minute after the range, up to 24:00", example = "13:00") @NotNull
          TimeOfDay endTime) {}

  @Override
  public List<FieldError> validate() {
    return new HolidayCalendarRules(this).check();
  }

  ExceptionType typeOrDefault() {
    return Objects.requireNonNullElse(type, ExceptionType.CLOSED);
  }

  /** The valid ones of the time ranges. */
  List<TimeRange> ranges() {
    return Objects.requireNonNullElse(timeRanges, List.<Range>of()).stream()
        .filter(range -> range != null && range.startTime() != null && range.endTime() != null)
        .map(range -> new TimeRange(range.startTime(), range.endTime()))
        .toList();
  }

  void applyTo(HolidayCalendar row) {
    row.setName(name);
    row.setSource(source);
    row.setCountry(country);
    row.setSubdivision(subdivision);
    row.setUrl(url);
    row.setType(typeOrDefault());
    row.setTimeRanges(ranges());
    row.setAction(action);
    row.setRefreshMinutes(Objects.requireNonNullElse(refreshMinutes, DEFAULT_REFRESH_MINUTES));
  }
}

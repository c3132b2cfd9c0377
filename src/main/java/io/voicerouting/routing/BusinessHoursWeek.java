package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import io.voicerouting.businesshours.BusinessHoursMatch;
import io.voicerouting.businesshours.BusinessHoursState;
import io.voicerouting.common.CallAction;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Seven days of hours as they apply to calls: schedule, exceptions, actions and overrides,
 * evaluated by {@link EffectiveHours}.
 */
@Schema(description = "Seven days of hours, with exceptions, actions and overrides")
public record BusinessHoursWeek(
    @Schema(description = "Time zone of all local times", example = "America/New_York")
        String timezone,
    @Schema(description = "The first date", example = "2026-11-23") LocalDate from,
    @Schema(description = "In order and without gaps") List<Segment> segments,
    @Schema(description = "When the offset of the zone changes") List<Transition> transitions,
    @Schema(
            description =
                "Dates of matches whose exception is one of a holiday calendar, ascending",
            example = "[\"2026-11-26\"]")
        List<LocalDate> holidays) {

  /** Number of days. */
  public static final int DAYS = 7;

  public BusinessHoursWeek {
    segments = List.copyOf(segments);
    transitions = List.copyOf(transitions);
    holidays = List.copyOf(holidays);
  }

  /**
   * A time in which the same rule applies. It lies within one date, and no transition of the zone
   * is in it.
   */
  @Schema(
      name = "WeekSegment",
      description = "A time within one date in which the same rule applies")
  public record Segment(
      @Schema(description = "Local date", example = "2026-11-23") LocalDate date,
      @Schema(description = "Local time, HH:mm or HH:mm:ss", example = "09:00") String startTime,
      @Schema(description = "Local time; 24:00 at the end of the date", example = "17:00")
          String endTime,
      @Schema(description = "First instant", example = "2026-11-23T14:00:00Z") Instant start,
      @Schema(description = "First instant after it", example = "2026-11-23T22:00:00Z") Instant end,
      @Schema(description = "Open or closed", example = "open") BusinessHoursState state,
      @Schema(description = "What to do with calls; null if nothing has an action")
          @Nullable CallAction action,
      @Schema(description = "The range, or the exception that closes the date, if one decides")
          @Nullable BusinessHoursMatch matched,
      @Schema(description = "The override that applies, if any")
          @Nullable AppliedOverride override) {}

  /** A change of the zone's offset. */
  @Schema(name = "WeekTransition", description = "A change of the zone's offset")
  public record Transition(
      @Schema(description = "First instant with the new offset", example = "2026-11-01T06:00:00Z")
          Instant at,
      @Schema(description = "What happens to local times", example = "repeated") Kind kind,
      @Schema(description = "Local date", example = "2026-11-01") LocalDate date,
      @Schema(description = "First local time that is skipped or repeated", example = "01:00")
          String startTime,
      @Schema(description = "First local time after it, up to 24:00", example = "02:00")
          String endTime,
      @Schema(description = "Offset before", example = "-04:00") String offsetBefore,
      @Schema(description = "Offset after", example = "-05:00") String offsetAfter) {

    /** What happens to local times. */
    public enum Kind {
      /** They do not occur. */
      SKIPPED,
      /** They occur twice. */
      REPEATED;

      /** The value in JSON. */
      @JsonValue
      public String code() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }
}

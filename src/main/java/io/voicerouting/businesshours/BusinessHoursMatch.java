package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What made a schedule open or closed at an instant: the range that covers it, or the exception
 * that leaves it closed.
 *
 * @param date the date the range starts on (the day before, for a tail past midnight), or the date
 *     of the exception
 * @param name name of the exception; null, and left out of JSON, for a weekly range
 * @param startTime start of the range; null, and left out of JSON, when no range covers the instant
 * @param endTime end of the range, null like the start
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"kind", "date", "name", "startTime", "endTime"})
@Schema(description = "The range that covers the instant, or the exception that leaves it closed")
public record BusinessHoursMatch(
    @Schema(description = "Where the hours of the date come from", example = "weekly") Kind kind,
    @Schema(
            description = "Date on which the range starts, or of the exception",
            example = "2026-11-23")
        LocalDate date,
    @Schema(description = "Name of the exception, if it is one", example = "Christmas Day")
        @Nullable String name,
    @Schema(description = "Start of the range, if one covers the instant", example = "09:00")
        @Nullable TimeOfDay startTime,
    @Schema(description = "End of the range", example = "17:00") @Nullable TimeOfDay endTime) {

  /** Where the hours of a date come from. */
  public enum Kind {
    /** The hours of the weekday. */
    WEEKLY("weekly"),
    /** The exception of that date. */
    EXCEPTION("exception");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** The value in JSON. */
    @JsonValue
    public String code() {
      return code;
    }
  }
}

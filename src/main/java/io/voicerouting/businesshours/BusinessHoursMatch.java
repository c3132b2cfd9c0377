package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What makes a schedule open or closed at an instant: the range that covers it, or the exception
 * that closes its date.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "The range that covers the instant, or the exception that closes its date")
public record BusinessHoursMatch(
    @Schema(description = "Origin of the hours of the date", example = "weekly") Kind kind,
    @Schema(
            description =
                "Date on which the range starts, the day before if it runs past midnight; or date of"
                    + " the exception",
            example = "2026-11-23")
        LocalDate date,
    @Schema(description = "Name of the exception, if any", example = "Christmas Day")
        @Nullable String name,
    @Schema(description = "Start of the range, if one covers the instant", example = "09:00")
        @Nullable TimeOfDay startTime,
    @Schema(description = "End of the range", example = "17:00") @Nullable TimeOfDay endTime) {

  /** The origin of the hours of a date. */
  public enum Kind {
    /** The hours of the weekday. */
    WEEKLY,
    /** The exception of that date. */
    EXCEPTION;

    /** The value in JSON. */
    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

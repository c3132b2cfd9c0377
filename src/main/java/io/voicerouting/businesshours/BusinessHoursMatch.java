package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
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
public record BusinessHoursMatch(
    Kind kind,
    LocalDate date,
    @Nullable String name,
    @Nullable TimeOfDay startTime,
    @Nullable TimeOfDay endTime) {

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

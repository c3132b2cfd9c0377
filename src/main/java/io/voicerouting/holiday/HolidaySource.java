package io.voicerouting.holiday;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** Where a holiday calendar gets its days from. */
enum HolidaySource {
  /** The public holidays of a country or of one of its subdivisions. */
  REGION,
  /** An iCalendar feed. */
  ICAL;

  @EnumeratedValue private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON and in the database. */
  @JsonValue
  String code() {
    return code;
  }
}

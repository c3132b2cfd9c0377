package io.voicerouting.holiday;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** Where a holiday calendar gets its days from. */
enum HolidaySource {
  /** The public holidays of a country or of one of its subdivisions. */
  REGION("region"),
  /** An iCalendar feed. */
  ICAL("ical");

  @EnumeratedValue private final String code;

  HolidaySource(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  String code() {
    return code;
  }
}

package io.voicerouting.holiday;

import com.fasterxml.jackson.annotation.JsonValue;

/** How the last reading of a holiday calendar went. */
enum HolidayCalendarState {
  /** It was not read yet. */
  PENDING("pending"),
  /** What it brings is imported. */
  OK("ok"),
  /** It could not be read; what was imported before stays. */
  FAILING("failing"),
  /** It would remove more than half of the coming days, which somebody has to confirm. */
  HELD("held");

  private final String code;

  HolidayCalendarState(String code) {
    this.code = code;
  }

  /** The value in JSON. */
  @JsonValue
  String code() {
    return code;
  }
}

package io.voicerouting.holiday;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the last reading of a holiday calendar went. */
enum HolidayCalendarState {
  /** It was not read yet. */
  PENDING,
  /** Its days are imported. */
  OK,
  /** It could not be read; what was imported before stays. */
  FAILING,
  /** It would remove more than half of the coming days, which somebody has to confirm. */
  HELD;

  /** The value in JSON. */
  @JsonValue
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}

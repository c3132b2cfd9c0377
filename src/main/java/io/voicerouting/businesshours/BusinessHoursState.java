package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The state of a schedule at an instant. */
public enum BusinessHoursState {
  /** Within hours. */
  OPEN,
  /** Outside hours. */
  CLOSED;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON. */
  @JsonValue
  public String code() {
    return code;
  }
}

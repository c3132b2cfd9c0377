package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonValue;

/** The state of a schedule at an instant. */
public enum BusinessHoursState {
  /** Within hours. */
  OPEN("open"),
  /** Outside hours. */
  CLOSED("closed");

  private final String code;

  BusinessHoursState(String code) {
    this.code = code;
  }

  /** The value in JSON. */
  @JsonValue
  public String code() {
    return code;
  }
}

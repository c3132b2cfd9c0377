package io.voicerouting.common;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** What an override does with business hours. */
public enum OverrideMode {
  /** They are open. */
  OPEN("open"),
  /** They are closed. */
  CLOSED("closed"),
  /** All inbound calls get the action of the override; the hours stay open or closed. */
  ACTION("action");

  @EnumeratedValue private final String code;

  OverrideMode(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}

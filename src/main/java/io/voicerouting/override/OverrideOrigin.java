package io.voicerouting.override;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** How an override was created. */
public enum OverrideOrigin {
  /** By a request to create it. */
  API("api"),
  /** By a toggle, such as a feature code of a phone. */
  TOGGLE("toggle"),
  /** By another application. */
  SQL("sql");

  @EnumeratedValue private final String code;

  OverrideOrigin(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  String code() {
    return code;
  }
}

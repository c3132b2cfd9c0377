package io.voicerouting.override;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** What an override applies to. The most specific scope takes precedence. */
public enum OverrideScope {
  /** All calls of an organization that depend on business hours. */
  ORGANIZATION("organization"),
  /** Calls whose hours are those of one schedule. */
  SCHEDULE("schedule"),
  /** Calls to one phone number or block. */
  NUMBER("number");

  @EnumeratedValue private final String code;

  OverrideScope(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  String code() {
    return code;
  }
}

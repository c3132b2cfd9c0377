package io.voicerouting.override;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** What an override applies to. The most specific scope precedes. */
public enum OverrideScope {
  /** All calls of an organization whose hours count. */
  ORGANIZATION("organization"),
  /** Calls that go by one schedule. */
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

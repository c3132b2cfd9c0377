package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** What a schedule is for. */
public enum BusinessHoursScope {
  /** The whole organization, which has at most one active schedule of this scope. */
  ORGANIZATION("organization"),
  /** The phone numbers that name the schedule. */
  NUMBER("number");

  @EnumeratedValue private final String code;

  BusinessHoursScope(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}

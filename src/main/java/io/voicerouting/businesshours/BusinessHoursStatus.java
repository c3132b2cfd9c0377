package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** Whether a schedule is the one that counts; at most one of an organization is active. */
public enum BusinessHoursStatus {
  /** It decides. */
  ACTIVE("active"),
  /** It is kept, and decides nothing. */
  INACTIVE("inactive");

  @EnumeratedValue private final String code;

  BusinessHoursStatus(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}

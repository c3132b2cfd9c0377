package io.voicerouting.organization;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** Whether an organization's calls are routed. */
public enum OrganizationStatus {
  /** Calls are routed. */
  ACTIVE("active"),
  /** Every call is rejected. */
  SUSPENDED("suspended");

  @EnumeratedValue private final String code;

  OrganizationStatus(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}

package io.voicerouting.organization;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** Whether an organization's calls are routed. */
public enum OrganizationStatus {
  /** Calls are routed. */
  ACTIVE,
  /** Every call is rejected. */
  SUSPENDED;

  @EnumeratedValue private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}

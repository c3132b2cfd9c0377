package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/**
 * Whether a schedule is in use. At most one schedule of an organization that is not for phone
 * numbers is active.
 */
public enum BusinessHoursStatus {
  /** Calls are routed by it. */
  ACTIVE,
  /** It is stored and not used. */
  INACTIVE;

  @EnumeratedValue private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}

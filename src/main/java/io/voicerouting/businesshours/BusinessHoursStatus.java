package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/**
 * Whether a schedule is in use. Apart from schedules for phone numbers, an organization has at most
 * one active schedule.
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

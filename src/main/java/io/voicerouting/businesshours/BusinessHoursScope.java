package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** What a schedule is for. */
public enum BusinessHoursScope {
  /** The whole organization, which has at most one active schedule of this scope. */
  ORGANIZATION,
  /** The phone numbers that name the schedule. */
  NUMBER;

  @EnumeratedValue private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}

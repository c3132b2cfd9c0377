package io.voicerouting.override;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** What an override applies to. The most specific scope takes precedence. */
public enum OverrideScope {
  /** All calls of an organization that depend on business hours. */
  ORGANIZATION,
  /** Calls whose hours are those of one schedule. */
  SCHEDULE,
  /** Calls to one phone number or block. */
  NUMBER;

  @EnumeratedValue private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON and in the database. */
  @JsonValue
  String code() {
    return code;
  }
}

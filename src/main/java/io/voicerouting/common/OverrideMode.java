package io.voicerouting.common;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** What an override does with business hours. */
public enum OverrideMode {
  /** They are open. */
  OPEN,
  /** They are closed. */
  CLOSED,
  /** All inbound calls get the action of the override; the hours stay open or closed. */
  ACTION;

  @EnumeratedValue private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}

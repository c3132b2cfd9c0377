package io.voicerouting.override;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** How an override was created. */
public enum OverrideOrigin {
  /** By a request to create it. */
  API,
  /** By a toggle, such as a feature code of a phone. */
  TOGGLE,
  /** By another application. */
  SQL;

  @EnumeratedValue private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON and in the database. */
  @JsonValue
  String code() {
    return code;
  }
}

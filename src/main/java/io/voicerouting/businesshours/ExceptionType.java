package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** The kinds of exceptions. */
public enum ExceptionType {
  /** Closed all day. */
  CLOSED,
  /** Open in the ranges of the exception. */
  SPECIAL_HOURS;

  @EnumeratedValue private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}

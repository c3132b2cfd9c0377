package io.voicerouting.businesshours;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** The kinds of exceptions. */
public enum ExceptionType {
  /** Closed all day. */
  CLOSED("closed"),
  /** Open in the ranges of the exception. */
  SPECIAL_HOURS("special_hours");

  @EnumeratedValue private final String code;

  ExceptionType(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}

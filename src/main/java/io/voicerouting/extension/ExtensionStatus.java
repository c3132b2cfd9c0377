package io.voicerouting.extension;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** Whether an extension takes calls. */
public enum ExtensionStatus {
  /** It takes calls. */
  ACTIVE("active"),
  /** Calls to it are rejected. */
  INACTIVE("inactive");

  @EnumeratedValue private final String code;

  ExtensionStatus(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}

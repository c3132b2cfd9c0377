package io.voicerouting.extension;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** Whether an extension accepts calls. */
public enum ExtensionStatus {
  /** It accepts calls. */
  ACTIVE("active"),
  /** It rejects calls. */
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

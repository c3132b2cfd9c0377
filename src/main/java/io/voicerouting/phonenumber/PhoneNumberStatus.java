package io.voicerouting.phonenumber;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** Whether a phone number accepts calls. */
public enum PhoneNumberStatus {
  /** It accepts calls. */
  ACTIVE("active"),
  /** It rejects calls. */
  INACTIVE("inactive");

  @EnumeratedValue private final String code;

  PhoneNumberStatus(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}

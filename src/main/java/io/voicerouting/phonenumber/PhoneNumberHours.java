package io.voicerouting.phonenumber;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** The business hours that apply to calls of a phone number. */
public enum PhoneNumberHours {
  /** Those of the organization. */
  ORGANIZATION("organization"),
  /** Those of a schedule of its own. */
  OWN("own"),
  /** None: the number is always open. */
  IGNORE("ignore");

  @EnumeratedValue private final String code;

  PhoneNumberHours(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}

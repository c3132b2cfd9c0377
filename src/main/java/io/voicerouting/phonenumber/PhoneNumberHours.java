package io.voicerouting.phonenumber;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** The business hours that apply to calls of a phone number. */
public enum PhoneNumberHours {
  /** Those of the organization. */
  ORGANIZATION,
  /** Those of a schedule of its own. */
  OWN,
  /** None: the number is always open. */
  IGNORE;

  @EnumeratedValue private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}

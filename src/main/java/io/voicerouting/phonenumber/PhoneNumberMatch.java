package io.voicerouting.phonenumber;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** Which dialled numbers a row is for. */
public enum PhoneNumberMatch {
  /** The number alone. */
  EXACT("exact"),
  /** A block: every number that begins with these digits. */
  PREFIX("prefix");

  @EnumeratedValue private final String code;

  PhoneNumberMatch(String code) {
    this.code = code;
  }

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}

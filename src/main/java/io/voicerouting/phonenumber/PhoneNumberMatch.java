package io.voicerouting.phonenumber;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** Which dialled numbers a row is for. */
public enum PhoneNumberMatch {
  /** The number alone. */
  EXACT,
  /** A block: every number that begins with these digits. */
  PREFIX;

  @EnumeratedValue private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON and in the database. */
  @JsonValue
  public String code() {
    return code;
  }
}

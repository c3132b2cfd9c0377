package io.voicerouting.phonenumber;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which callers a rule is for. */
public enum CallerMatch {
  /** One number. */
  EXACT,
  /** Every number that begins with these digits. */
  PREFIX,
  /** Callers without a number. */
  ANONYMOUS;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON. */
  @JsonValue
  public String code() {
    return code;
  }
}

package io.voicerouting.phonenumber;

import com.fasterxml.jackson.annotation.JsonValue;

/** Which callers a rule is for. */
public enum CallerMatch {
  /** One number. */
  EXACT("exact"),
  /** Every number that begins with these digits. */
  PREFIX("prefix"),
  /** Callers without a number. */
  ANONYMOUS("anonymous");

  private final String code;

  CallerMatch(String code) {
    this.code = code;
  }

  /** The value in JSON. */
  @JsonValue
  public String code() {
    return code;
  }
}

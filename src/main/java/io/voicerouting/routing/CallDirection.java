package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonValue;

/** Where a call comes from. */
public enum CallDirection {
  /** From within the organization. */
  INTERNAL("internal"),
  /** From outside; business hours apply. */
  INBOUND("inbound");

  private final String code;

  CallDirection(String code) {
    this.code = code;
  }

  /** The value in JSON and in queries. */
  @JsonValue
  public String code() {
    return code;
  }
}

package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a call is rejected, in the terms of the platform. */
public enum RejectCause {
  /** The number does not exist. */
  NOT_FOUND("not_found"),
  /** The number exists, but accepts no calls now. */
  UNAVAILABLE("unavailable"),
  /** The call was forwarded in a loop, or too often. */
  FORWARD_LOOP("forward_loop");

  private final String code;

  RejectCause(String code) {
    this.code = code;
  }

  /** The value in JSON. */
  @JsonValue
  public String code() {
    return code;
  }
}

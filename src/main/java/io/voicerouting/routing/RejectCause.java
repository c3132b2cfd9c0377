package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonValue;

/** What the caller is told when a call is rejected. */
public enum RejectCause {
  /** There is nothing under that number. */
  NOT_FOUND("not_found"),
  /** There is something, but it takes no calls now. */
  UNAVAILABLE("unavailable"),
  /** The call was forwarded in a circle, or too often. */
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

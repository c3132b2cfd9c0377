package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether a call is routed. */
public enum DecisionOutcome {
  /** It is routed; the action states where. */
  ROUTE("route"),
  /** It is rejected. */
  REJECT("reject");

  private final String code;

  DecisionOutcome(String code) {
    this.code = code;
  }

  /** The value in JSON. */
  @JsonValue
  public String code() {
    return code;
  }
}

package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether a call goes anywhere. */
public enum DecisionOutcome {
  /** It goes where the action says. */
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

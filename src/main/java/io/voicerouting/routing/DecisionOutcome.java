package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a call is routed. */
public enum DecisionOutcome {
  /** It is routed; the action states where. */
  ROUTE,
  /** It is rejected. */
  REJECT;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON. */
  @JsonValue
  public String code() {
    return code;
  }
}

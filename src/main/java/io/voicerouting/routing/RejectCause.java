package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a call is rejected, in the terms of the platform. */
public enum RejectCause {
  /** The number does not exist. */
  NOT_FOUND,
  /** The number exists, but accepts no calls now. */
  UNAVAILABLE,
  /** The call was forwarded in a loop, or too often. */
  FORWARD_LOOP;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The value in JSON. */
  @JsonValue
  public String code() {
    return code;
  }
}

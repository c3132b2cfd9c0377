package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** The origin of a call. */
public enum CallDirection {
  /** From inside the organization. */
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

  /** Finds the direction with this code, or returns null. */
  public static @Nullable CallDirection of(String code) {
    if (INTERNAL.code.equals(code)) {
      return INTERNAL;
    }
    return INBOUND.code.equals(code) ? INBOUND : null;
  }
}

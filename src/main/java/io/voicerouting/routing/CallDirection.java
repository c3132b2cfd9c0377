package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The origin of a call. */
public enum CallDirection {
  /** From inside the organization. */
  INTERNAL,
  /** From outside; business hours apply. */
  INBOUND;

  private final String code = name().toLowerCase(Locale.ROOT);

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

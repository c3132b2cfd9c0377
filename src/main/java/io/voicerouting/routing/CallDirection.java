package io.voicerouting.routing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

  /** The direction with this code, or null. */
  public static @Nullable CallDirection of(String code) {
    return Arrays.stream(values())
        .filter(direction -> direction.code.equals(code))
        .findFirst()
        .orElse(null);
  }
}

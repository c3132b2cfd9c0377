package io.voicerouting.cache;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Why a cache entry vanished. */
public enum EvictionCause {
  /** Rows of the document were changed, through the API or by SQL. */
  CHANGE("change"),
  /** An operator requested it. */
  OPERATOR("operator"),
  /** An operator requested it for all documents with some property. */
  TAG("tag"),
  /** Its TTL was over. */
  EXPIRED("expired"),
  /** Its value was no document of this service, or was damaged. */
  UNREADABLE("unreadable"),
  /** A full pass on a new connection evicted it, or Redis lost it meanwhile. */
  RECONNECT("reconnect"),
  /** Another release of the service had stored it. */
  SCHEMA_VERSION("schema_version");

  private final String code;

  EvictionCause(String code) {
    this.code = code;
  }

  /** Returns the value in JSON, in the database and in meters. */
  @JsonValue
  public String code() {
    return code;
  }

  /** Returns the cause with this code; null if there is none, or no code. */
  public static @Nullable EvictionCause of(@Nullable String code) {
    return Arrays.stream(values())
        .filter(cause -> cause.code.equals(code))
        .findFirst()
        .orElse(null);
  }
}

package io.voicerouting.cache;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a cache entry vanished. */
public enum EvictionCause {
  /** Rows of the document were changed, through the API or by SQL. */
  CHANGE,
  /** An operator requested it. */
  OPERATOR,
  /** An operator requested it for all documents with some property. */
  TAG,
  /** Its TTL had passed. */
  EXPIRED,
  /** Its value was damaged, or not a document of this service. */
  UNREADABLE,
  /** A full pass on a new connection evicted it, or Redis lost it meanwhile. */
  RECONNECT,
  /** Another release of the service had stored it. */
  SCHEMA_VERSION;

  /** Returns the value in JSON, in the database and in meters. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the cause with this code; null if there is none, or no code. */
  public static @Nullable EvictionCause of(@Nullable String code) {
    return Arrays.stream(values())
        .filter(cause -> cause.name().equalsIgnoreCase(code))
        .findFirst()
        .orElse(null);
  }
}

package io.voicerouting.cache;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether entries in Redis are trusted. */
public enum TrustLevel {
  /** Entries are current. */
  TRUSTED,
  /** Redis answers, but the database is down, so evictions are unknown: entries may be stale. */
  DEGRADED,
  /** Redis is not used. */
  UNAVAILABLE;

  /** Returns the value in JSON and in the health endpoint. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}

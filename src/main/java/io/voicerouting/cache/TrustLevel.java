package io.voicerouting.cache;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether entries in Redis are trusted. */
public enum TrustLevel {
  /** Entries are current. */
  TRUSTED("trusted"),
  /** Redis answers, but the database is down, so evictions are unknown: entries may be stale. */
  DEGRADED("degraded"),
  /** Redis is not used. */
  UNAVAILABLE("unavailable");

  private final String code;

  TrustLevel(String code) {
    this.code = code;
  }

  /** Returns the value in JSON and in the health endpoint. */
  @JsonValue
  public String code() {
    return code;
  }
}

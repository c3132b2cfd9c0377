package io.voicerouting.cache;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether copies in Redis are believed. */
public enum TrustLevel {
  /** Copies are true. */
  TRUSTED("trusted"),
  /** Redis answers, but the database cannot be asked for evictions: copies may be old. */
  DEGRADED("degraded"),
  /** Redis is not asked. */
  UNAVAILABLE("unavailable");

  private final String code;

  TrustLevel(String code) {
    this.code = code;
  }

  /** As JSON and health have it. */
  @JsonValue
  public String code() {
    return code;
  }
}

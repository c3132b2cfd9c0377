package io.voicerouting.cache;

import com.fasterxml.jackson.annotation.JsonValue;

/** What warming does now. */
public enum WarmingState {
  /** It is turned off. */
  DISABLED("disabled"),
  /** Nothing: caches are warm, or Redis is not trusted. */
  IDLE("idle"),
  /** It reads entries from Redis into the near cache. */
  READING("reading"),
  /** Redis is cold, and another instance is loading. */
  WAITING("waiting"),
  /** It loads documents from the database into a cold Redis. */
  LOADING("loading"),
  /** The same, but relay passes are slow, so that loads would make it worse. */
  PAUSED("paused");

  private final String code;

  WarmingState(String code) {
    this.code = code;
  }

  /** Returns the value in JSON. */
  @JsonValue
  public String code() {
    return code;
  }
}

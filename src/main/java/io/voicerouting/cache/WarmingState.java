package io.voicerouting.cache;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What warming does now. */
public enum WarmingState {
  /** It is turned off. */
  DISABLED,
  /** Nothing: caches are warm, or Redis is not trusted. */
  IDLE,
  /** It reads entries from Redis into the near cache. */
  READING,
  /** Redis is cold, and another instance is loading. */
  WAITING,
  /** It loads documents from the database into a cold Redis. */
  LOADING,
  /** Loading waits: relay passes are slow, and loads would slow them down further. */
  PAUSED;

  /** Returns the value in JSON. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}

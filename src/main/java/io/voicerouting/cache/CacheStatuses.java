package io.voicerouting.cache;

import org.jspecify.annotations.Nullable;

/** The ways in which the engine answers. */
final class CacheStatuses {

  private CacheStatuses() {}

  static CacheStatus hit(long ttlMillis, @Nullable String detail) {
    return new CacheStatus(true, ttlMillis / 1000, null, false, detail);
  }

  static CacheStatus stored() {
    return new CacheStatus(false, null, "miss", true, null);
  }

  static CacheStatus miss() {
    return new CacheStatus(false, null, "miss", false, null);
  }

  static CacheStatus bypass() {
    return new CacheStatus(false, null, "bypass", false, CacheStatus.REDIS_UNAVAILABLE);
  }
}

package io.voicerouting.cache.support;

import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/** What is counted of each resource, with Micrometer's names of cache meters where it has one. */
public enum CacheEvent {
  HIT("cache.gets", "hit"),
  /** A hit of the near cache; {@link #HIT} is counted, too. */
  NEAR_HIT("routing.cache.near.hits"),
  MISS("cache.gets", "miss"),
  PUT("cache.puts"),
  /** A hit that may be stale because the database is down. */
  DEGRADED("routing.cache.lookups.degraded"),
  /** A lookup that went to the database because Redis could not be used. */
  FALLBACK("routing.cache.fallbacks"),
  LOAD_FAILED("routing.cache.loads.failed"),
  /** A load that was refused because too many were running; it has also failed. */
  LOAD_REFUSED("routing.cache.loads.refused"),
  /** A loaded document that was not stored. */
  FILL_REJECTED("routing.cache.fills.rejected"),
  /** "No such row" that was not stored, because there were too many in this minute. */
  NEGATIVE_OVER_LIMIT("routing.cache.negative.over.limit"),
  /** An entry that could not be read and was removed. */
  UNREADABLE("routing.cache.values.unreadable"),
  /** An entry that an organization-wide eviction has voided. */
  VOIDED("routing.cache.values.voided"),
  /** An entry that an older or a newer version of the service has stored. */
  OTHER_VERSION("routing.cache.values.other.version");

  private final String meter;
  private final @Nullable String result; // null: the meter has no such tag

  CacheEvent(String meter) {
    this(meter, null);
  }

  CacheEvent(String meter, @Nullable String result) {
    this.meter = meter;
    this.result = result;
  }

  String meter() {
    return meter;
  }

  Tags tags() {
    return result == null ? Tags.empty() : Tags.of("result", result);
  }
}

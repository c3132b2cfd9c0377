package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.Lookup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts how often existing documents are requested. Hits of the near cache are the fastest
 * lookups: one in {@link #SAMPLE} is counted, with that weight. Thread-safe.
 */
public final class KeyDemand {

  /** A power of two, so large that the cost of counting cannot be measured. */
  public static final int SAMPLE = 256;

  /**
   * About how many keys are counted between two calls of {@link #drain}. Others are ignored; what
   * is requested often is among the first.
   */
  static final int MAX_KEYS = 10_000;

  private static final long ODD_FACTOR = 0x9E3779B97F4A7C15L; // 2^64 divided by the golden ratio
  private static final int SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(SAMPLE);

  private final boolean enabled;
  private final AtomicReference<ConcurrentHashMap<CacheKey, LookupCount>> counts =
      new AtomicReference<>(new ConcurrentHashMap<>());

  /**
   * @param enabled whether anything is counted
   */
  public KeyDemand(boolean enabled) {
    this.enabled = enabled;
  }

  /**
   * How often a document was requested.
   *
   * @param owner the organization that it belongs to; {@link CacheKey#NO_ORGANIZATION} for none
   */
  public record LookupCount(long owner, long count) {
    private LookupCount plus(LookupCount other) {
      return new LookupCount(other.owner, count + other.count);
    }
  }

  /**
   * Counts a hit of the near cache, if it is in the sample.
   *
   * @param nowNanos when it was requested; the bits of this time decide
   */
  <V> void recordNearHit(
      CachedResource<V> resource, CacheKey key, Lookup<V> answer, long nowNanos) {
    if (enabled && (nowNanos * ODD_FACTOR) >>> SHIFT == 0) {
      add(resource, key, answer, SAMPLE);
    }
  }

  /** Counts any other lookup, which needed at least one reply of a server. */
  <V> void record(CachedResource<V> resource, CacheKey key, Lookup<V> answer) {
    if (enabled) {
      add(resource, key, answer, 1);
    }
  }

  private <V> void add(CachedResource<V> resource, CacheKey key, Lookup<V> answer, int count) {
    if (answer instanceof Lookup.Found<V> found) {
      ConcurrentHashMap<CacheKey, LookupCount> current = counts.get();
      if (current.size() < MAX_KEYS || current.containsKey(key)) {
        current.merge(
            key, new LookupCount(resource.owner(key, found.value()), count), LookupCount::plus);
      }
    }
  }

  /** Returns the counts since the last call, and starts again. A lookup in between may be lost. */
  public Map<CacheKey, LookupCount> drain() {
    return counts.getAndSet(new ConcurrentHashMap<>());
  }
}

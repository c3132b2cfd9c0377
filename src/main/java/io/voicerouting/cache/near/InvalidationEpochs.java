package io.voicerouting.cache.near;

import io.voicerouting.cache.CacheKey;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counters that show whether a key, or its organization, was invalidated since some moment. Many
 * keys share one counter, and so do many organizations; an invalidation of one of them looks like
 * an invalidation of all. Thread-safe.
 */
final class InvalidationEpochs {

  /**
   * A shared counter voids in-flight puts of other keys, or near entries of other organizations.
   * That costs a read of Redis, and nothing else.
   */
  private static final int COUNTERS = 4096;

  private final AtomicIntegerArray keys = new AtomicIntegerArray(COUNTERS);
  private final AtomicIntegerArray organizations = new AtomicIntegerArray(COUNTERS);

  /** The counters of a key and of its organization at some moment. */
  record Epoch(int key, int organization) {}

  Epoch of(CacheKey key) {
    return new Epoch(keys.get(index(key.hashCode())), organization(key));
  }

  /** Returns the counter of the key's organization. */
  int organization(CacheKey key) {
    return organizations.get(index(Long.hashCode(key.organizationId())));
  }

  /** Whether neither the key nor its organization was invalidated since. */
  boolean unchanged(CacheKey key, Epoch since) {
    return since.key() == keys.get(index(key.hashCode()))
        && since.organization() == organization(key);
  }

  void raise(CacheKey key) {
    keys.incrementAndGet(index(key.hashCode()));
  }

  void raiseOrganization(long organizationId) {
    organizations.incrementAndGet(index(Long.hashCode(organizationId)));
  }

  private static int index(int hash) {
    return (hash ^ hash >>> 16) & COUNTERS - 1;
  }
}

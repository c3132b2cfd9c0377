package io.voicerouting.cache.near;

import io.voicerouting.cache.CacheKey;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Tells whether something has happened to a key since a moment, its organization's clearing
 * included: stamps that are raised then. Many keys share one, and so do many organizations; what
 * happens to one of them then seems to have happened to the others, too. Thread-safe.
 */
final class InvalidationEpochs {

  /**
   * Keys that share a stamp lose puts under way to each other, and organizations that share one
   * their documents in the near cache; which costs a question to Redis, and nothing else.
   */
  private static final int STAMPS = 4096;

  private final AtomicIntegerArray keys = new AtomicIntegerArray(STAMPS);
  private final AtomicIntegerArray organizations = new AtomicIntegerArray(STAMPS);

  /** The stamps of a key and its organization at some moment. */
  record Stamp(int key, int organization) {}

  Stamp of(CacheKey key) {
    return new Stamp(keys.get(index(key.hashCode())), organization(key));
  }

  /** That of the key's organization alone. */
  int organization(CacheKey key) {
    return organizations.get(index(Long.hashCode(key.organizationId())));
  }

  /** Whether nothing has happened since. */
  boolean unchanged(CacheKey key, Stamp since) {
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
    return (hash ^ hash >>> 16) & STAMPS - 1;
  }
}

package io.voicerouting.cache.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.voicerouting.cache.CacheKey;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries the last request of each kind read from Redis. What a decision needs often depends
 * on its first document: that of a phone number names the organization, a closed schedule an
 * extension. Without a near cache, reading all of it at once saves round trips. An outdated list
 * costs an unneeded read or a second round trip. Thread-safe.
 */
final class RecentLookups {

  /** More than nearly all decisions read. */
  private static final int MAX_KEYS = 8;

  private final @Nullable Cache<List<CacheKey>, Set<CacheKey>> lookups;

  /**
   * @param maxKinds number of kinds of requests to remember, each about a kilobyte; 0 for none
   */
  RecentLookups(long maxKinds) {
    lookups = maxKinds == 0 ? null : Caffeine.newBuilder().maximumSize(maxKinds).build();
  }

  /**
   * Returns the entries that the last request of a kind read; empty if it is not known.
   *
   * @param kind the entries that requests of this kind are certain to look up
   */
  Set<CacheKey> of(List<CacheKey> kind) {
    Set<CacheKey> known = lookups == null ? null : lookups.getIfPresent(kind);
    return known == null ? Set.of() : known;
  }

  /**
   * Records what a request has read so far. Nothing changes if the last request of the kind read
   * that, too.
   */
  void record(List<CacheKey> kind, List<CacheKey> read) {
    if (lookups == null || read.size() > MAX_KEYS || kind.containsAll(read)) {
      return;
    }
    if (!of(kind).containsAll(read)) {
      lookups.put(kind, Set.copyOf(read));
    }
  }
}

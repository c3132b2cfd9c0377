package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.redis.RedisConnection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads that were sent before their lookups began, all at once. Their values are new enough: the
 * request had begun, and Redis was trusted, when they were sent, so Redis returns nothing older
 * than the request. Each read can be taken once, because a lookup that looks again needs a newer
 * value. Used by one thread.
 */
final class PrefetchedReads {

  private final Map<CacheKey, EntryRead> reads = new HashMap<>();
  private final Set<CacheKey> sent = new HashSet<>();

  void addAll(Map<CacheKey, EntryRead> more) {
    reads.putAll(more);
    sent.addAll(more.keySet());
  }

  /** Whether the read of a key was sent, also if it was taken since. */
  boolean wasSent(CacheKey key) {
    return sent.contains(key);
  }

  /** Takes the read of a key; null if there is none, or it was sent on another connection. */
  @SuppressWarnings("ReferenceEquality") // the same connection, not an equal one
  @Nullable EntryRead take(CacheKey key, RedisConnection current) {
    EntryRead found = reads.remove(key);
    return found != null && found.connection() == current ? found : null;
  }
}

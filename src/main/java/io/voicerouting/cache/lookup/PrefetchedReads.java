package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.redis.RedisConnection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads that were sent before their lookups began, all at once. Their values are new enough: the
 * request had begun, and Redis was trusted, when they were sent, so Redis returns nothing older
 * than the request. Each read can be taken once, because a lookup that looks again needs a newer
 * value. Used by one thread.
 */
final class PrefetchedReads {

  private final Map<CacheKey, Sent> reads;

  /**
   * A read.
   *
   * @param connection on which it was sent
   */
  record Sent(RedisConnection connection, EntryRead read) {}

  PrefetchedReads(Map<CacheKey, Sent> reads) {
    this.reads = new HashMap<>(reads);
  }

  /** Takes the read of a key; null if there is none, or it was sent on another connection. */
  @SuppressWarnings("ReferenceEquality") // the same connection, not an equal one
  @Nullable EntryRead take(CacheKey key, RedisConnection current) {
    Sent sent = reads.remove(key);
    return sent != null && sent.connection() == current ? sent.read() : null;
  }
}

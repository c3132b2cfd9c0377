package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.redis.PendingRead;
import io.voicerouting.cache.redis.RedisConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What several lookups that are one to their caller are likely to ask Redis for, asked for in one
 * write when the first of them does. A value is as good as if it had been asked for later: Redis is
 * trusted when it is asked for, which is after the caller's question came, and nothing older than
 * that can be read from then on. Each may be had once; who must look again asks anew. Used by one
 * thread.
 */
final class PrefetchedReads {

  private static final int WORTHWHILE = 2;

  private final RedisConnection session;
  private final Map<CacheKey, Pending> pending = new HashMap<>();

  private PrefetchedReads(RedisConnection session) {
    this.session = session;
  }

  /**
   * A value on its way.
   *
   * @param mark of the near cache, taken before it was asked for
   */
  record Pending(NearCache.@Nullable Mark mark, PendingRead request) {}

  /**
   * Asks for what the near cache does not hold, if that saves a round trip.
   *
   * @param session trusted when the first lookup began
   */
  static PrefetchedReads of(List<CacheKey> likely, RedisConnection session, NearCache near) {
    PrefetchedReads sent = new PrefetchedReads(session);
    List<CacheKey> keys = likely.stream().filter(key -> !near.holds(key, session)).toList();
    if (keys.size() < WORTHWHILE) {
      return sent;
    }
    List<NearCache.@Nullable Mark> marks = new ArrayList<>();
    keys.forEach(key -> marks.add(near.mark(key, session)));
    List<PendingRead> requests =
        PendingRead.send(session, keys.stream().map(CacheKey::redisKey).toList());
    for (int i = 0; i < keys.size(); i++) {
      sent.pending.put(keys.get(i), new Pending(marks.get(i), requests.get(i)));
    }
    return sent;
  }

  /** The value that was asked for on that connection, the first time; else null. */
  @SuppressWarnings("ReferenceEquality") // the very connection
  @Nullable Pending take(CacheKey key, RedisConnection current) {
    return session == current ? pending.remove(key) : null;
  }
}

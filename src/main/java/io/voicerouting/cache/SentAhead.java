package io.voicerouting.cache;

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
final class SentAhead {

  private static final int WORTHWHILE = 2;

  private final RedisSession session;
  private final Map<CacheKey, Pending> pending = new HashMap<>();

  private SentAhead(RedisSession session) {
    this.session = session;
  }

  /**
   * A value on its way.
   *
   * @param mark of the near cache, taken before it was asked for
   */
  record Pending(NearCache.@Nullable Mark mark, CopyRequest request) {}

  /**
   * Asks for what the near cache does not hold, if that saves a round trip.
   *
   * @param session trusted when the first lookup began
   */
  static SentAhead of(List<CacheKey> likely, RedisSession session, NearCache near) {
    SentAhead sent = new SentAhead(session);
    List<CacheKey> keys = likely.stream().filter(key -> !near.holds(key, session)).toList();
    if (keys.size() < WORTHWHILE) {
      return sent;
    }
    List<NearCache.@Nullable Mark> marks = new ArrayList<>();
    keys.forEach(key -> marks.add(near.mark(key, session)));
    List<CopyRequest> requests =
        CopyRequest.send(session, keys.stream().map(CacheKey::redisKey).toList());
    for (int i = 0; i < keys.size(); i++) {
      sent.pending.put(keys.get(i), new Pending(marks.get(i), requests.get(i)));
    }
    return sent;
  }

  /** The value that was asked for on that connection, the first time; else null. */
  @SuppressWarnings("ReferenceEquality") // the very connection
  @Nullable Pending take(CacheKey key, RedisSession current) {
    return session == current ? pending.remove(key) : null;
  }
}

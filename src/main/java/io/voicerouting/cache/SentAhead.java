package io.voicerouting.cache;

import io.voicerouting.cache.RedisSession.Copy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What several lookups that are one to their caller are likely to ask Redis for, asked for in one
 * write before the first of them. A value is as good as if it had been asked for later: Redis was
 * trusted when the caller's question came, and nothing older than that can be read from then on.
 * Each may be had once; who must look again asks anew. Used by one thread.
 */
final class SentAhead {

  private static final int WORTHWHILE = 2;
  private static final SentAhead NOTHING = new SentAhead(null, Map.of());

  private final @Nullable RedisSession session;
  private final Map<CacheKey, Pending> pending;

  private SentAhead(@Nullable RedisSession session, Map<CacheKey, Pending> pending) {
    this.session = session;
    this.pending = pending;
  }

  /**
   * A value on its way.
   *
   * @param mark of the near cache, taken before it was asked for
   */
  record Pending(NearCache.@Nullable Mark mark, RedisSession.Asked asked) {

    @Nullable Copy await(RedisSession session, Deadline redis) {
      return session.await(asked, redis);
    }
  }

  /** Asks for what the near cache does not hold, if that saves a round trip. */
  static SentAhead of(List<CacheKey> likely, Trust.State state, NearCache near) {
    if (!(state instanceof Trust.State.Trusted trusted)) {
      return NOTHING;
    }
    RedisSession session = trusted.session();
    List<CacheKey> keys = likely.stream().filter(key -> !near.holds(key, session)).toList();
    if (keys.size() < WORTHWHILE) {
      return NOTHING;
    }
    List<NearCache.@Nullable Mark> marks = new ArrayList<>();
    keys.forEach(key -> marks.add(near.mark(key, session)));
    List<RedisSession.Asked> asked = session.ask(keys.stream().map(CacheKey::redisKey).toList());
    Map<CacheKey, Pending> pending = HashMap.newHashMap(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      pending.put(keys.get(i), new Pending(marks.get(i), asked.get(i)));
    }
    return new SentAhead(session, pending);
  }

  /** The value that was asked for on that connection, the first time; else null. */
  @SuppressWarnings("ReferenceEquality") // the very connection
  @Nullable Pending take(CacheKey key, RedisSession current) {
    return session == current ? pending.remove(key) : null;
  }
}

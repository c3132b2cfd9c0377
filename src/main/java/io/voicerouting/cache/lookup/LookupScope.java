package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.redis.RedisConnection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What lookups that are one to their caller have in common: their time, and what Redis was asked
 * for ahead of them. Either begins with the first that the near cache does not answer. Used by one
 * thread.
 */
final class LookupScope {

  private static final ScopedValue<LookupScope> CURRENT = ScopedValue.newInstance();

  private final List<CacheKey> likely;
  private final NearCache near;
  private final Supplier<LookupBudget> times;
  private @Nullable LookupBudget time;
  private @Nullable PrefetchedReads ahead;

  /**
   * Begins nothing yet.
   *
   * @param likely what they are likely to look up
   * @param times starts the time of a lookup
   */
  LookupScope(List<CacheKey> likely, NearCache near, Supplier<LookupBudget> times) {
    this.likely = likely;
    this.near = near;
    this.times = times;
  }

  /** Makes the group's lookups, all on the caller's thread. */
  <T> T call(Supplier<T> lookups) {
    return ScopedValue.where(CURRENT, this).call(lookups::get);
  }

  /**
   * The time of a lookup: its group's, or its own when it has none.
   *
   * @param times starts the time of a lookup
   */
  static LookupBudget time(Supplier<LookupBudget> times) {
    return CURRENT.isBound() ? CURRENT.get().time() : times.get();
  }

  /**
   * The value that was asked for ahead on that connection, the first time; else null.
   *
   * @param session trusted when the lookup began
   */
  static PrefetchedReads.@Nullable Pending sentAhead(CacheKey key, RedisConnection session) {
    return CURRENT.isBound() ? CURRENT.get().take(key, session) : null;
  }

  private LookupBudget time() {
    LookupBudget started = time;
    if (started == null) {
      started = times.get();
      time = started;
    }
    return started;
  }

  private PrefetchedReads.@Nullable Pending take(CacheKey key, RedisConnection session) {
    PrefetchedReads sent = ahead;
    if (sent == null) {
      sent = PrefetchedReads.of(likely, session, near);
      ahead = sent;
    }
    return sent.take(key, session);
  }
}

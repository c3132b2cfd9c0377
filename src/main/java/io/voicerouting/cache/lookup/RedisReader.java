package io.voicerouting.cache.lookup;

import io.lettuce.core.RedisCommandExecutionException;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.redis.PendingRead;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.support.CacheMeters;
import org.jspecify.annotations.Nullable;

/**
 * Lookups of what Redis has. What was found is kept near: only what was asked for after the mark
 * that the near cache gave.
 */
public final class RedisReader {

  private final DocumentStore copies;
  private final NearCache near;
  private final CacheMeters meters;

  public RedisReader(DocumentStore copies, NearCache near, CacheMeters meters) {
    this.copies = copies;
    this.near = near;
    this.meters = meters;
  }

  /**
   * What a trusted Redis has; null for nothing.
   *
   * @throws CacheUnavailableException when it did not answer
   * @throws RedisCommandExecutionException when it refused
   */
  <V> @Nullable Lookup<V> find(
      CachedResource<V> resource, CacheKey key, RedisConnection session, LookupBudget time) {
    PrefetchedReads.Pending ahead = LookupScope.sentAhead(key, session);
    return read(resource, key, session, time, ahead == null ? ask(key, session) : ahead, null);
  }

  /**
   * The same while the database cannot be asked: it may be old, and nobody else can be asked, so
   * that Redis is waited for longer.
   */
  <V> @Nullable Lookup<V> findDegraded(
      CachedResource<V> resource, CacheKey key, RedisConnection session, LookupBudget time) {
    return read(resource, key, session, time, ask(key, session), CacheStatus.DEGRADED);
  }

  private PrefetchedReads.Pending ask(CacheKey key, RedisConnection session) {
    NearCache.Mark mark = near.mark(key, session); // before the value is asked for
    return new PrefetchedReads.Pending(mark, PendingRead.send(session, key.redisKey()));
  }

  private <V> @Nullable Lookup<V> read(
      CachedResource<V> resource,
      CacheKey key,
      RedisConnection session,
      LookupBudget time,
      PrefetchedReads.Pending asked,
      @Nullable String detail) {
    try {
      StoredValue copy =
          detail == null
              ? asked.request().await(time.redis())
              : asked.request().awaitPatiently(time.redisAlone());
      LoadResult<V> found =
          copy == null ? null : copies.read(resource, key, copy, session, time.redis());
      if (copy == null || found == null) {
        return null;
      }
      meters.of(resource).hit();
      near.put(asked.mark(), key, found, copy);
      return found.answered(CacheStatus.hit(copy.ttlMillis(), detail));
    } catch (RedisCommandExecutionException e) {
      if (!PendingRead.isNoString(e)) {
        throw e;
      }
      copies.remove(resource, key, session, time.redis());
      return null;
    }
  }
}

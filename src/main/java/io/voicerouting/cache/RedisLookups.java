package io.voicerouting.cache;

import io.lettuce.core.RedisCommandExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Lookups of what Redis has. What was found is kept near: only what was asked for after the mark
 * that the near cache gave.
 */
final class RedisLookups {

  private final Copies copies;
  private final NearCache near;
  private final CacheMeters meters;

  RedisLookups(Copies copies, NearCache near, CacheMeters meters) {
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
      CachedResource<V> resource, CacheKey key, RedisSession session, LookupTime time) {
    SentAhead.Pending ahead = LookupGroup.sentAhead(key, session);
    return read(resource, key, session, time, ahead == null ? ask(key, session) : ahead, null);
  }

  /**
   * The same while the database cannot be asked: it may be old, and nobody else can be asked, so
   * that Redis is waited for longer.
   */
  <V> @Nullable Lookup<V> findDegraded(
      CachedResource<V> resource, CacheKey key, RedisSession session, LookupTime time) {
    return read(resource, key, session, time, ask(key, session), CacheStatus.DEGRADED);
  }

  private SentAhead.Pending ask(CacheKey key, RedisSession session) {
    NearCache.Mark mark = near.mark(key, session); // before the value is asked for
    return new SentAhead.Pending(mark, CopyRequest.send(session, key.redisKey()));
  }

  private <V> @Nullable Lookup<V> read(
      CachedResource<V> resource,
      CacheKey key,
      RedisSession session,
      LookupTime time,
      SentAhead.Pending asked,
      @Nullable String detail) {
    try {
      Copy copy =
          detail == null
              ? asked.request().await(time.redis())
              : asked.request().awaitPatiently(time.redisAlone());
      Loaded<V> found =
          copy == null ? null : copies.read(resource, key, copy, session, time.redis());
      if (copy == null || found == null) {
        return null;
      }
      meters.of(resource).hit();
      near.put(asked.mark(), key, found, copy);
      return found.answered(CacheStatuses.hit(copy.ttlMillis(), detail));
    } catch (RedisCommandExecutionException e) {
      if (!CopyRequest.isNoString(e)) {
        throw e;
      }
      copies.remove(resource, key, session, time.redis());
      return null;
    }
  }
}

package io.voicerouting.cache;

import io.lettuce.core.RedisCommandExecutionException;
import io.voicerouting.cache.Flight.Outcome;
import io.voicerouting.cache.RedisSession.Copy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Lookups: the near cache and Redis while they are trusted, else the database. */
final class CacheAsideEngine {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int LOOKS = 2;

  /** How Redis begins to say that the value is no string, hence none of ours. */
  private static final String NO_STRING = "WRONGTYPE";

  private final Trust trust;
  private final NearCache near;
  private final Copies copies;
  private final FillingLoads fillingLoads;
  private final GroupedLoads groupedLoads;
  private final CacheMeters meters;
  private final CacheProperties properties;

  CacheAsideEngine(
      Trust trust,
      NearCache near,
      Copies copies,
      FillingLoads fillingLoads,
      GroupedLoads groupedLoads,
      CacheMeters meters,
      CacheProperties properties) {
    this.trust = trust;
    this.near = near;
    this.copies = copies;
    this.fillingLoads = fillingLoads;
    this.groupedLoads = groupedLoads;
    this.meters = meters;
    this.properties = properties;
  }

  <V> Lookup<V> get(CachedResource<V> resource, CacheKey key) {
    Trust.State state = trust.state();
    Lookup<V> hit = near(resource, key, state);
    return logged(resource, key, hit == null ? beyond(resource, key, state) : hit);
  }

  private <V> @Nullable Lookup<V> near(
      CachedResource<V> resource, CacheKey key, Trust.State state) {
    Lookup<V> hit =
        switch (state) {
          case Trust.State.Trusted trusted -> near.find(key, trusted.session(), null);
          case Trust.State.Degraded degraded ->
              near.find(key, degraded.session(), CacheStatus.DEGRADED);
          case Trust.State.Unavailable unavailable -> null;
        };
    if (hit != null) {
      meters.of(resource).nearHit();
    }
    return hit;
  }

  private <V> Lookup<V> beyond(CachedResource<V> resource, CacheKey key, Trust.State state) {
    Deadline redis = Deadline.after(properties.lookupBudget());
    try {
      return switch (state) {
        case Trust.State.Trusted trusted -> trusted(resource, key, trusted.session(), redis);
        case Trust.State.Degraded degraded -> degraded(resource, key, degraded.session(), redis);
        case Trust.State.Unavailable unavailable -> bypass(resource, key);
      };
    } catch (CacheUnavailableException | RedisCommandExecutionException e) {
      return bypass(resource, key);
    }
  }

  private <V> Lookup<V> trusted(
      CachedResource<V> resource, CacheKey key, RedisSession session, Deadline redis) {
    for (int look = 0; look < LOOKS; look++) {
      Lookup<V> hit = read(resource, key, session, redis, null);
      if (hit != null) {
        return hit;
      }
      if (look == 0) {
        missed(resource, key);
      }
      Outcome<V> outcome;
      try {
        outcome = fillingLoads.load(resource, key, session, redis, databaseDeadline());
      } catch (LoadFailedException e) {
        return unavailable(CacheStatuses.miss());
      }
      switch (outcome) {
        case null -> {
          // Shared from before this caller asked: look again.
        }
        case Outcome.Landed<V> landed -> {
          return landed.loaded().answered(status(landed));
        }
        case Outcome.Refused<V> refused -> {
          return await(refused.next(), CacheStatuses.miss(), databaseDeadline());
        }
        case Outcome.RedisFailed<V> failed -> throw new CacheUnavailableException("Redis failed");
        case Outcome.LoadFailed<V> failed -> {
          return failed(failed.cause());
        }
      }
    }
    return load(resource, key, CacheStatuses.miss(), databaseDeadline());
  }

  private <V> Lookup<V> degraded(
      CachedResource<V> resource, CacheKey key, RedisSession session, Deadline redis) {
    Lookup<V> hit = read(resource, key, session, redis, CacheStatus.DEGRADED);
    if (hit != null) {
      return hit;
    }
    missed(resource, key);
    return load(resource, key, CacheStatuses.miss(), redis);
  }

  private <V> Lookup<V> bypass(CachedResource<V> resource, CacheKey key) {
    meters.of(resource).fallback();
    missed(resource, key);
    return load(resource, key, CacheStatuses.bypass(), databaseDeadline());
  }

  private <V> @Nullable Lookup<V> read(
      CachedResource<V> resource,
      CacheKey key,
      RedisSession session,
      Deadline redis,
      @Nullable String detail) {
    try {
      NearCache.Mark mark = near.mark(key, session); // before the value is asked for
      Copy copy = session.get(key.redisKey(), redis);
      Loaded<V> found = copy == null ? null : copies.read(resource, key, copy, session, redis);
      if (copy == null || found == null) {
        return null;
      }
      meters.of(resource).hit();
      near.put(mark, key, found, copy);
      return found.answered(CacheStatuses.hit(copy.ttlMillis(), detail));
    } catch (RedisCommandExecutionException e) {
      if (!String.valueOf(e.getMessage()).startsWith(NO_STRING)) {
        throw e;
      }
      copies.remove(resource, key, session, redis);
      return null;
    }
  }

  private <V> Lookup<V> load(
      CachedResource<V> resource, CacheKey key, CacheStatus status, Deadline database) {
    return await(groupedLoads.next(resource, key), status, database);
  }

  private static <V> Lookup<V> await(
      CompletableFuture<Loaded<V>> load, CacheStatus status, Deadline database) {
    try {
      return DatabaseLoader.await(load, database).answered(status);
    } catch (LoadFailedException e) {
      return unavailable(status);
    }
  }

  private static <V> Lookup<V> failed(RuntimeException cause) {
    if (cause instanceof LoadFailedException) {
      return unavailable(CacheStatuses.miss());
    }
    throw cause;
  }

  private static CacheStatus status(Outcome.Landed<?> landed) {
    Long ttlMillis = landed.ttlMillis();
    if (ttlMillis != null) {
      return CacheStatuses.hit(ttlMillis, null);
    }
    return landed.stored() ? CacheStatuses.stored() : CacheStatuses.miss();
  }

  private static <V> Lookup<V> unavailable(CacheStatus status) {
    return new Lookup.Unavailable<>(RETRY_AFTER, status);
  }

  private void missed(CachedResource<?> resource, CacheKey key) {
    meters.of(resource).miss();
    CacheLog.missed(resource, key);
  }

  private static <V> Lookup<V> logged(CachedResource<V> resource, CacheKey key, Lookup<V> lookup) {
    if (lookup instanceof Lookup.Found<V> found) {
      CacheLog.retrieved(resource, key, found.status().hit());
    }
    return lookup;
  }

  private Deadline databaseDeadline() {
    return Deadline.after(properties.loadTimeout());
  }
}

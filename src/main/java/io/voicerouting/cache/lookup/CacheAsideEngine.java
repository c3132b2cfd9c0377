package io.voicerouting.cache.lookup;

import io.lettuce.core.RedisCommandExecutionException;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.database.CoalescedLoads;
import io.voicerouting.cache.database.LoadFailedException;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.lookup.SharedFill.Outcome;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.CacheMeters;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lookups: the near cache and Redis while they are trusted, else the database. */
public final class CacheAsideEngine {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int LOOKS = 2;

  private final Trust trust;
  private final NearCache near;
  private final RedisReader redis;
  private final FillCoordinator fillingLoads;
  private final CoalescedLoads groupedLoads;
  private final CacheMeters meters;
  private final Supplier<LookupBudget> times;
  private final LongSupplier nanoTime;

  /**
   * Takes its parts.
   *
   * @param times starts the time of a lookup
   * @param nanoTime the monotonic clock of trust and near cache
   */
  public CacheAsideEngine(
      Trust trust,
      NearCache near,
      RedisReader redis,
      FillCoordinator fillingLoads,
      CoalescedLoads groupedLoads,
      CacheMeters meters,
      Supplier<LookupBudget> times,
      LongSupplier nanoTime) {
    this.trust = trust;
    this.near = near;
    this.redis = redis;
    this.fillingLoads = fillingLoads;
    this.groupedLoads = groupedLoads;
    this.meters = meters;
    this.times = times;
    this.nanoTime = nanoTime;
  }

  public <V> Lookup<V> get(CachedResource<V> resource, CacheKey key) {
    long now = nanoTime.getAsLong();
    Trust.State state = trust.stateAt(now);
    Lookup<V> hit = near(resource, key, state, now);
    return logged(resource, key, hit == null ? beyond(resource, key, state) : hit);
  }

  /**
   * Makes several lookups in the time of one.
   *
   * @param likely what they are likely to look up
   */
  public <T> T asOne(List<CacheKey> likely, Supplier<T> lookups) {
    return new LookupScope(likely, near, times).call(lookups);
  }

  private <V> @Nullable Lookup<V> near(
      CachedResource<V> resource, CacheKey key, Trust.State state, long now) {
    Lookup<V> hit =
        switch (state) {
          case Trust.State.Trusted trusted -> near.find(key, trusted.session(), now, null);
          case Trust.State.Degraded degraded ->
              near.find(key, degraded.session(), now, CacheStatus.DEGRADED);
          case Trust.State.Unavailable unavailable -> null;
        };
    if (hit != null) {
      meters.of(resource).nearHit();
    }
    return hit;
  }

  private <V> Lookup<V> beyond(CachedResource<V> resource, CacheKey key, Trust.State state) {
    LookupBudget time = LookupScope.time(times);
    return switch (state) {
      case Trust.State.Trusted trusted -> trusted(resource, key, trusted.session(), time);
      case Trust.State.Degraded degraded -> degraded(resource, key, degraded.session(), time);
      case Trust.State.Unavailable unavailable -> missedAndBypassed(resource, key, time);
    };
  }

  private <V> Lookup<V> trusted(
      CachedResource<V> resource, CacheKey key, RedisConnection session, LookupBudget time) {
    Lookup<V> hit;
    try {
      hit = redis.find(resource, key, session, time);
    } catch (CacheUnavailableException | RedisCommandExecutionException e) {
      return missedAndBypassed(resource, key, time);
    }
    if (hit != null) {
      return hit;
    }
    missed(resource, key);
    try {
      return fill(resource, key, session, time);
    } catch (CacheUnavailableException | RedisCommandExecutionException e) {
      return bypass(resource, key, time);
    }
  }

  private <V> Lookup<V> fill(
      CachedResource<V> resource, CacheKey key, RedisConnection session, LookupBudget time) {
    for (int look = 0; look < LOOKS; look++) {
      Lookup<V> answer = look == 0 ? null : redis.find(resource, key, session, time);
      if (answer != null) {
        return answer;
      }
      if (time.redis().passed()) {
        break; // a lease that nobody waits for would keep others from filling
      }
      try {
        answer = answer(fillingLoads.load(resource, key, session, time), time);
      } catch (LoadFailedException e) {
        return unavailable(CacheStatus.miss());
      }
      if (answer != null) {
        return answer;
      }
    }
    return load(resource, key, time, CacheStatus.miss());
  }

  /** What a flight's outcome means for one caller; null when it should look again. */
  private static <V> @Nullable Lookup<V> answer(Outcome<V> outcome, LookupBudget time) {
    return switch (outcome) {
      case Outcome.Earlier<V> earlier -> null;
      case Outcome.Landed<V> landed -> landed.loaded().answered(status(landed));
      case Outcome.Refused<V> refused ->
          answered(() -> time.await(refused.next()), CacheStatus.miss());
      case Outcome.RedisFailed<V> failed -> throw new CacheUnavailableException("Redis failed");
      case Outcome.LoadFailed<V> failed -> throw failed.cause();
    };
  }

  private <V> Lookup<V> degraded(
      CachedResource<V> resource, CacheKey key, RedisConnection session, LookupBudget time) {
    Lookup<V> hit;
    try {
      hit = redis.findDegraded(resource, key, session, time);
    } catch (CacheUnavailableException | RedisCommandExecutionException e) {
      return missedAndBypassed(resource, key, time);
    }
    if (hit != null) {
      return hit;
    }
    missed(resource, key);
    return answered(
        () -> time.awaitWithinBudget(groupedLoads.next(resource, key)), CacheStatus.miss());
  }

  private <V> Lookup<V> missedAndBypassed(
      CachedResource<V> resource, CacheKey key, LookupBudget time) {
    missed(resource, key);
    return bypass(resource, key, time);
  }

  /** From the database, since Redis is of no use; the miss has been counted. */
  private <V> Lookup<V> bypass(CachedResource<V> resource, CacheKey key, LookupBudget time) {
    meters.of(resource).fallback();
    return load(resource, key, time, CacheStatus.bypass());
  }

  private <V> Lookup<V> load(
      CachedResource<V> resource, CacheKey key, LookupBudget time, CacheStatus status) {
    return answered(() -> time.await(groupedLoads.next(resource, key)), status);
  }

  private static <V> Lookup<V> answered(Supplier<LoadResult<V>> load, CacheStatus status) {
    try {
      return load.get().answered(status);
    } catch (LoadFailedException e) {
      return unavailable(status);
    }
  }

  private static CacheStatus status(Outcome.Landed<?> landed) {
    Long ttlMillis = landed.ttlMillis();
    if (ttlMillis != null) {
      return CacheStatus.hit(ttlMillis, null);
    }
    return landed.stored() ? CacheStatus.missStored() : CacheStatus.miss();
  }

  private static <V> Lookup<V> unavailable(CacheStatus status) {
    return new Lookup.Unavailable<>(RETRY_AFTER, status);
  }

  private void missed(CachedResource<?> resource, CacheKey key) {
    meters.of(resource).miss();
    CacheLog.missed(resource, key);
  }

  private static <V> Lookup<V> logged(CachedResource<V> resource, CacheKey key, Lookup<V> lookup) {
    CacheLog.answered(resource, key, lookup);
    return lookup;
  }
}

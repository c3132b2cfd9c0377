package io.voicerouting.cache;

import io.lettuce.core.RedisCommandExecutionException;
import io.voicerouting.cache.Flight.Outcome;
import io.voicerouting.cache.RedisSession.Copy;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lookups: the near cache and Redis while they are trusted, else the database. */
final class CacheAsideEngine {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int LOOKS = 2;
  private static final ScopedValue<LookupGroup> GROUP = ScopedValue.newInstance();

  private final Trust trust;
  private final NearCache near;
  private final Copies copies;
  private final FillingLoads fillingLoads;
  private final GroupedLoads groupedLoads;
  private final CacheMeters meters;
  private final Supplier<LookupTime> times;
  private final LongSupplier nanoTime;

  /**
   * Takes its parts.
   *
   * @param times starts the time of a lookup
   * @param nanoTime the monotonic clock of trust and near cache
   */
  CacheAsideEngine(
      Trust trust,
      NearCache near,
      Copies copies,
      FillingLoads fillingLoads,
      GroupedLoads groupedLoads,
      CacheMeters meters,
      Supplier<LookupTime> times,
      LongSupplier nanoTime) {
    this.trust = trust;
    this.near = near;
    this.copies = copies;
    this.fillingLoads = fillingLoads;
    this.groupedLoads = groupedLoads;
    this.meters = meters;
    this.times = times;
    this.nanoTime = nanoTime;
  }

  <V> Lookup<V> get(CachedResource<V> resource, CacheKey key) {
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
  <T> T asOne(List<CacheKey> likely, Supplier<T> lookups) {
    return ScopedValue.where(GROUP, new LookupGroup(likely, near, times)).call(lookups::get);
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
    LookupTime time = GROUP.isBound() ? GROUP.get().time() : times.get();
    return switch (state) {
      case Trust.State.Trusted trusted -> trusted(resource, key, trusted.session(), time);
      case Trust.State.Degraded degraded -> degraded(resource, key, degraded.session(), time);
      case Trust.State.Unavailable unavailable -> bypass(resource, key, time, false);
    };
  }

  private <V> Lookup<V> trusted(
      CachedResource<V> resource, CacheKey key, RedisSession session, LookupTime time) {
    boolean missed = false;
    try {
      Lookup<V> hit = read(resource, key, session, time, null);
      if (hit != null) {
        return hit;
      }
      missed = true;
      missed(resource, key);
      return fill(resource, key, session, time);
    } catch (CacheUnavailableException | RedisCommandExecutionException e) {
      return bypass(resource, key, time, missed);
    }
  }

  private <V> Lookup<V> fill(
      CachedResource<V> resource, CacheKey key, RedisSession session, LookupTime time) {
    for (int look = 0; look < LOOKS; look++) {
      if (look > 0) {
        Lookup<V> hit = read(resource, key, session, time, null);
        if (hit != null) {
          return hit;
        }
      }
      if (time.redis().passed()) {
        break; // a lease that nobody waits for would keep others from filling
      }
      Outcome<V> outcome;
      try {
        outcome = fillingLoads.load(resource, key, session, time);
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
          return answered(() -> time.await(refused.next()), CacheStatuses.miss());
        }
        case Outcome.RedisFailed<V> failed -> throw new CacheUnavailableException("Redis failed");
        case Outcome.LoadFailed<V> failed -> {
          return failed(failed.cause());
        }
      }
    }
    return load(resource, key, time, CacheStatuses.miss());
  }

  private <V> Lookup<V> degraded(
      CachedResource<V> resource, CacheKey key, RedisSession session, LookupTime time) {
    Lookup<V> hit;
    try {
      hit = read(resource, key, session, time, CacheStatus.DEGRADED);
    } catch (CacheUnavailableException | RedisCommandExecutionException e) {
      return bypass(resource, key, time, false);
    }
    if (hit != null) {
      return hit;
    }
    missed(resource, key);
    return answered(
        () -> time.awaitWithinBudget(groupedLoads.next(resource, key)), CacheStatuses.miss());
  }

  private <V> Lookup<V> bypass(
      CachedResource<V> resource, CacheKey key, LookupTime time, boolean missed) {
    meters.of(resource).fallback();
    if (!missed) { // else it has been counted
      missed(resource, key);
    }
    return load(resource, key, time, CacheStatuses.bypass());
  }

  private <V> @Nullable Lookup<V> read(
      CachedResource<V> resource,
      CacheKey key,
      RedisSession session,
      LookupTime time,
      @Nullable String detail) {
    try {
      SentAhead.Pending value = ask(key, session, detail);
      Copy copy =
          detail == null
              ? value.await(session, time.redis())
              : session.awaitPatiently(value.asked(), time.redisAlone());
      Loaded<V> found =
          copy == null ? null : copies.read(resource, key, copy, session, time.redis());
      if (copy == null || found == null) {
        return null;
      }
      meters.of(resource).hit();
      near.put(value.mark(), key, found, copy);
      return found.answered(CacheStatuses.hit(copy.ttlMillis(), detail));
    } catch (RedisCommandExecutionException e) {
      if (!RedisSession.isNoString(e)) {
        throw e;
      }
      copies.remove(resource, key, session, time.redis());
      return null;
    }
  }

  private SentAhead.Pending ask(CacheKey key, RedisSession session, @Nullable String detail) {
    SentAhead.Pending ahead =
        detail == null && GROUP.isBound() ? GROUP.get().take(key, session) : null;
    if (ahead != null) {
      return ahead;
    }
    NearCache.Mark mark = near.mark(key, session); // before the value is asked for
    return new SentAhead.Pending(mark, session.ask(List.of(key.redisKey())).getFirst());
  }

  private <V> Lookup<V> load(
      CachedResource<V> resource, CacheKey key, LookupTime time, CacheStatus status) {
    return answered(() -> time.await(groupedLoads.next(resource, key)), status);
  }

  private static <V> Lookup<V> answered(Supplier<Loaded<V>> load, CacheStatus status) {
    try {
      return load.get().answered(status);
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
    CacheLog.answered(resource, key, lookup);
    return lookup;
  }
}

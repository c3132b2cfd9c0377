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
import io.voicerouting.cache.support.CacheEvent;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.CacheMeters;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks up documents that the near cache does not have: in Redis if it is trusted, else in the
 * database.
 */
final class RemoteLookups {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int MAX_FILLS = 2;

  static final String LOAD_SPAN = "load";

  private final RedisReader redis;
  private final FillCoordinator fills;
  private final CoalescedLoads loads;
  private final CacheMeters meters;

  RemoteLookups(
      RedisReader redis, FillCoordinator fills, CoalescedLoads loads, CacheMeters meters) {
    this.redis = redis;
    this.fills = fills;
    this.loads = loads;
    this.meters = meters;
  }

  /** Reads an entry, or fills it if there is none. */
  <V> Lookup<V> getTrusted(RedisLookup<V> lookup, RequestContext request) {
    Lookup<V> hit = null;
    boolean failed = false;
    try {
      EntryRead prefetched = request.takePrefetched(lookup, redis);
      Lookup<V> answer = prefetched == null ? readOrFill(lookup) : null;
      if (answer != null) {
        return answer;
      }
      hit = redis.find(lookup, prefetched);
    } catch (CacheUnavailableException | RedisCommandExecutionException e) {
      recordRefusal(e);
      failed = true;
    }
    if (hit != null) {
      recordHit(lookup.resource(), hit);
      return hit;
    }
    recordMiss(lookup.resource(), lookup.key());
    return failed ? bypassRedis(lookup) : fill(lookup);
  }

  /**
   * Reads an entry and fills it if there is none; null if it has to be read by {@code GET}, because
   * another caller fills it or Redis refuses scripts.
   */
  private <V> @Nullable Lookup<V> readOrFill(RedisLookup<V> lookup) {
    try {
      FillResult<V> result = fills.readOrFill(lookup);
      if (result instanceof FillResult.Answered<V> answered) {
        if (answered.answer().status().hit()) {
          recordHit(lookup.resource(), answered.answer());
        }
        return answered.answer();
      }
      return result == null ? null : loadMissed(lookup);
    } catch (CacheUnavailableException e) {
      return bypassRedis(lookup);
    } catch (RedisCommandExecutionException e) {
      return null;
    } catch (LoadFailedException e) {
      return unavailable(CacheStatus.miss());
    }
  }

  private <V> Lookup<V> fill(RedisLookup<V> lookup) {
    try {
      return fillOrLoad(lookup);
    } catch (CacheUnavailableException | RedisCommandExecutionException e) {
      recordRefusal(e);
      return bypassRedis(lookup);
    } catch (LoadFailedException e) {
      return unavailable(CacheStatus.miss());
    }
  }

  /** Without time left for Redis there is no fill: others would wait for a lease in vain. */
  private <V> Lookup<V> fillOrLoad(RedisLookup<V> lookup) {
    for (int i = 0; i < MAX_FILLS && !lookup.budget().redis().passed(); i++) {
      switch (fills.fill(lookup)) {
        case FillResult.Answered<V> answered -> {
          return answered.answer();
        }
        case FillResult.EndedElsewhere<V> ended -> {
          Lookup<V> filled = redis.find(lookup);
          if (filled != null) {
            return filled;
          }
        }
        case FillResult.Refused<V> refused -> {
          return loadMissed(lookup);
        }
      }
    }
    return loadMissed(lookup);
  }

  /**
   * Reads an entry while the database is down; it may be stale. A document without an entry is
   * loaded, which waits no longer than the budget.
   */
  <V> Lookup<V> getDegraded(RedisLookup<V> lookup) {
    Lookup<V> hit;
    try {
      hit = redis.findDegraded(lookup);
    } catch (CacheUnavailableException | RedisCommandExecutionException e) {
      recordRefusal(e);
      recordMiss(lookup.resource(), lookup.key());
      return bypassRedis(lookup);
    }
    if (hit != null) {
      recordHit(lookup.resource(), hit);
      return hit;
    }
    recordMiss(lookup.resource(), lookup.key());
    return load(
        lookup.resource(), lookup.key(), lookup.budget()::awaitWithinBudget, CacheStatus.miss());
  }

  /** Loads a document while Redis is not used. */
  <V> Lookup<V> getWithoutRedis(CachedResource<V> resource, CacheKey key, LookupBudget budget) {
    recordMiss(resource, key);
    return bypassRedis(resource, key, budget);
  }

  private <V> Lookup<V> bypassRedis(RedisLookup<V> lookup) {
    return bypassRedis(lookup.resource(), lookup.key(), lookup.budget());
  }

  private <V> Lookup<V> bypassRedis(CachedResource<V> resource, CacheKey key, LookupBudget budget) {
    meters.of(resource).count(CacheEvent.FALLBACK);
    return load(resource, key, budget::await, CacheStatus.bypass());
  }

  private <V> Lookup<V> loadMissed(RedisLookup<V> lookup) {
    return load(lookup.resource(), lookup.key(), lookup.budget()::await, CacheStatus.miss());
  }

  /** Loads a document without storing it. */
  private <V> Lookup<V> load(
      CachedResource<V> resource,
      CacheKey key,
      Function<CompletableFuture<LoadResult<V>>, LoadResult<V>> waiting,
      CacheStatus status) {
    try {
      return meters
          .spans()
          .trace(LOAD_SPAN, key, () -> waiting.apply(loads.next(resource, key)))
          .toLookup(status);
    } catch (LoadFailedException e) {
      return unavailable(status);
    }
  }

  private static <V> Lookup<V> unavailable(CacheStatus status) {
    return new Lookup.Unavailable<>(RETRY_AFTER, status);
  }

  private void recordHit(CachedResource<?> resource, Lookup<?> hit) {
    meters.of(resource).countHit(hit.status());
  }

  private void recordRefusal(RuntimeException failure) {
    if (failure instanceof RedisCommandExecutionException refusal) {
      meters.refusals().record(refusal);
    }
  }

  private void recordMiss(CachedResource<?> resource, CacheKey key) {
    meters.of(resource).count(CacheEvent.MISS);
    CacheLog.missed(resource, key);
  }
}

package io.voicerouting.cache.lookup;

import io.lettuce.core.RedisCommandExecutionException;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.RequestReader;
import io.voicerouting.cache.TtlJitter;
import io.voicerouting.cache.database.CoalescedLoads;
import io.voicerouting.cache.database.LoadFailedException;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks up documents: in the near cache and Redis while they are trusted, else in the database. */
public final class CacheAsideEngine {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int MAX_FILLS = 2;

  /** Name of the span of a load. */
  static final String LOAD_SPAN = "load";

  private final RedisNodes nodes;
  private final RedisReader redis;
  private final FillCoordinator fills;
  private final CoalescedLoads loads;
  private final CacheMeters meters;
  private final KeyDemand demand;
  private final Supplier<LookupBudget> budgets;
  private final RecentLookups recent;
  private final NanoClock clock;

  /**
   * Creates an engine.
   *
   * @param budgets starts the budget of a request
   * @param recent what requests looked up before
   */
  public CacheAsideEngine(
      RedisNodes nodes,
      RedisReader redis,
      FillCoordinator fills,
      CoalescedLoads loads,
      CacheMeters meters,
      KeyDemand demand,
      Supplier<LookupBudget> budgets,
      RecentLookups recent,
      NanoClock clock) {
    this.nodes = nodes;
    this.redis = redis;
    this.fills = fills;
    this.loads = loads;
    this.meters = meters;
    this.demand = demand;
    this.budgets = budgets;
    this.recent = recent;
    this.clock = clock;
  }

  private record Reader(CacheAsideEngine engine, RequestContext context) implements RequestReader {

    @Override
    public <V> Lookup<V> get(
        CachedResource<V> resource, long organizationId, @Nullable String identifier) {
      CacheKey key = new CacheKey(resource.name(), organizationId, identifier);
      return engine.get(resource, key, context);
    }

    @Override
    public void expect(Supplier<List<CacheKey>> keys) {
      context.expect(keys);
    }
  }

  /** Looks up one document. */
  public <V> Lookup<V> get(CachedResource<V> resource, CacheKey key) {
    return get(resource, key, new RequestContext(budgets, recent));
  }

  /** Returns a reader for the lookups of one request. */
  public RequestReader forRequest() {
    return new Reader(this, new RequestContext(budgets, recent));
  }

  /** Returns what reads and fills entries that nobody has asked for. */
  public EntryWarmer warmer() {
    return new EntryWarmer(nodes, redis, fills, budgets);
  }

  <V> Lookup<V> get(CachedResource<V> resource, CacheKey key, RequestContext request) {
    long now = clock.getAsLong();
    int slot = nodes.slotOf(key);
    RedisNode node = nodes.at(slot);
    Trust.State state = node.trust().stateAt(now, slot);
    Lookup<V> hit = findNear(resource, key, node.near(), state, now);
    Lookup<V> answer;
    if (hit == null) {
      answer = getFarther(resource, key, node, slot, state, request);
      demand.record(resource, key, answer);
    } else {
      answer = hit;
      demand.recordNearHit(resource, key, hit, now);
    }
    CacheLog.answered(resource, key, answer);
    return answer;
  }

  private <V> @Nullable Lookup<V> findNear(
      CachedResource<V> resource, CacheKey key, NearCache near, Trust.State state, long now) {
    Lookup<V> hit =
        switch (state) {
          case Trust.State.Trusted trusted -> near.find(key, trusted.connection(), now, null);
          case Trust.State.Degraded degraded ->
              near.find(key, degraded.connection(), now, CacheStatus.DEGRADED);
          case Trust.State.Unavailable unavailable -> null;
        };
    if (hit != null) {
      meters.of(resource).nearHit();
      recordDegraded(resource, hit);
    }
    return hit;
  }

  /** Looks up a document that the near cache does not have. */
  private <V> Lookup<V> getFarther(
      CachedResource<V> resource,
      CacheKey key,
      RedisNode node,
      int slot,
      Trust.State state,
      RequestContext request) {
    LookupBudget budget = request.budget();
    return switch (state) {
      case Trust.State.Trusted trusted ->
          getTrusted(lookup(resource, key, node, slot, trusted.connection(), budget), request);
      case Trust.State.Degraded degraded ->
          getDegraded(lookup(resource, key, node, slot, degraded.connection(), budget));
      case Trust.State.Unavailable unavailable -> {
        recordMiss(resource, key);
        yield bypassRedis(resource, key, budget);
      }
    };
  }

  private <V> RedisLookup<V> lookup(
      CachedResource<V> resource,
      CacheKey key,
      RedisNode node,
      int slot,
      RedisConnection connection,
      LookupBudget budget) {
    return new RedisLookup<>(resource, key, node, slot, connection, nodes, budget, TtlJitter.TENTH);
  }

  private <V> Lookup<V> getTrusted(RedisLookup<V> lookup, RequestContext request) {
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
      return recordHit(lookup, hit);
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
        Lookup<V> answer = answered.answer();
        return answer.status().hit() ? recordHit(lookup, answer) : answer;
      }
      return result == null ? null : load(lookup, CacheStatus.miss());
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
          return load(lookup, CacheStatus.miss());
        }
      }
    }
    return load(lookup, CacheStatus.miss());
  }

  private <V> Lookup<V> getDegraded(RedisLookup<V> lookup) {
    Lookup<V> hit;
    try {
      hit = redis.findDegraded(lookup);
    } catch (CacheUnavailableException | RedisCommandExecutionException e) {
      recordRefusal(e);
      recordMiss(lookup.resource(), lookup.key());
      return bypassRedis(lookup);
    }
    if (hit != null) {
      return recordHit(lookup, hit);
    }
    recordMiss(lookup.resource(), lookup.key());
    return await(
        () ->
            meters
                .spans()
                .trace(
                    LOAD_SPAN,
                    lookup.key(),
                    () ->
                        lookup
                            .budget()
                            .awaitWithinBudget(loads.next(lookup.resource(), lookup.key()))),
        CacheStatus.miss());
  }

  private <V> Lookup<V> bypassRedis(RedisLookup<V> lookup) {
    return bypassRedis(lookup.resource(), lookup.key(), lookup.budget());
  }

  private <V> Lookup<V> bypassRedis(CachedResource<V> resource, CacheKey key, LookupBudget budget) {
    meters.of(resource).fallback();
    return load(resource, key, budget, CacheStatus.bypass());
  }

  private <V> Lookup<V> load(RedisLookup<V> lookup, CacheStatus status) {
    return load(lookup.resource(), lookup.key(), lookup.budget(), status);
  }

  /** Loads a document without storing it. */
  private <V> Lookup<V> load(
      CachedResource<V> resource, CacheKey key, LookupBudget budget, CacheStatus status) {
    return await(
        () -> meters.spans().trace(LOAD_SPAN, key, () -> budget.await(loads.next(resource, key))),
        status);
  }

  private static <V> Lookup<V> await(Supplier<LoadResult<V>> load, CacheStatus status) {
    try {
      return load.get().answered(status);
    } catch (LoadFailedException e) {
      return unavailable(status);
    }
  }

  private static <V> Lookup<V> unavailable(CacheStatus status) {
    return new Lookup.Unavailable<>(RETRY_AFTER, status);
  }

  private <V> Lookup<V> recordHit(RedisLookup<V> lookup, Lookup<V> hit) {
    meters.of(lookup.resource()).hit();
    recordDegraded(lookup.resource(), hit);
    return hit;
  }

  private void recordDegraded(CachedResource<?> resource, Lookup<?> hit) {
    if (hit.status().degraded()) {
      meters.of(resource).degraded();
    }
  }

  private void recordRefusal(RuntimeException failure) {
    if (failure instanceof RedisCommandExecutionException refusal) {
      meters.refusals().record(refusal);
    }
  }

  private void recordMiss(CachedResource<?> resource, CacheKey key) {
    meters.of(resource).miss();
    CacheLog.missed(resource, key);
  }
}

package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CacheTtls;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.RequestReader;
import io.voicerouting.cache.TtlJitter;
import io.voicerouting.cache.database.CoalescedLoads;
import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.database.DatabaseLoader;
import io.voicerouting.cache.eviction.OrganizationEvictions;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.NanoClock;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/** Looks up documents: in the near cache and Redis while they are trusted, else in the database. */
public final class CacheAsideEngine {

  /** About ten megabytes, in place of the near cache's memory. */
  private static final long RECENT_LOOKUPS = 10_000;

  private final RedisNodes nodes;
  private final RemoteLookups remote;
  private final EntryWarmer warmer;
  private final CacheMeters meters;
  private final KeyDemand demand;
  private final Supplier<LookupBudget> budgets;
  private final RecentLookups recent;
  private final NanoClock clock;

  /**
   * @param demand counts lookups
   * @param budgets starts the budget of a request
   * @param timeOfDay compared with the time of a document's last change
   * @param trustClock the clock of trust and near cache; tests may stop it
   * @param clock the clock of all other times
   */
  public CacheAsideEngine(
      CacheProperties properties,
      CacheTtls ttls,
      List<CachedResource<?>> resources,
      RedisNodes nodes,
      OrganizationEvictions organizations,
      CacheMeters meters,
      KeyDemand demand,
      DatabaseAvailability availability,
      Supplier<LookupBudget> budgets,
      InstantSource timeOfDay,
      NanoClock trustClock,
      NanoClock clock) {
    CacheProperties.Near settings = properties.near();
    long decodedBytes = settings.enabled() ? 0 : settings.maxSize().toBytes();
    DocumentStore documents =
        new DocumentStore(meters, organizations, resources, decodedBytes, clock);
    CoalescedLoads loads =
        new CoalescedLoads(
            new DatabaseLoader(
                meters,
                new VirtualThreadTaskExecutor("routing-cache-load-"),
                properties.maxConcurrentLoads(),
                properties.lookupBudget(),
                properties.loadTimeout(),
                availability,
                clock));
    RedisReader redis = new RedisReader(documents, meters.spans());
    FillCoordinator fills =
        new FillCoordinator(loads, documents, meters, properties, ttls, timeOfDay, clock);
    this.nodes = nodes;
    this.remote = new RemoteLookups(redis, fills, loads, meters);
    this.warmer = new EntryWarmer(nodes, redis, fills, budgets);
    this.meters = meters;
    this.demand = demand;
    this.budgets = budgets;
    this.recent = new RecentLookups(settings.enabled() ? 0 : RECENT_LOOKUPS);
    this.clock = trustClock;
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

  /** Returns what reads and fills entries that no caller has requested. */
  public EntryWarmer warmer() {
    return warmer;
  }

  <V> Lookup<V> get(CachedResource<V> resource, CacheKey key, RequestContext request) {
    long now = clock.getAsLong();
    int slot = nodes.slotOf(key);
    RedisNode node = nodes.at(slot);
    Trust.State state = node.trust().stateAt(now, slot);
    Lookup<V> hit = findNear(resource, key, node.near(), state, now);
    Lookup<V> answer;
    if (hit == null) {
      answer = getRemote(resource, key, node, slot, state, request);
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
      meters.of(resource).countNearHit(hit.status());
    }
    return hit;
  }

  /** Looks up a document that the near cache does not have. */
  private <V> Lookup<V> getRemote(
      CachedResource<V> resource,
      CacheKey key,
      RedisNode node,
      int slot,
      Trust.State state,
      RequestContext request) {
    LookupBudget budget = request.budget();
    return switch (state) {
      case Trust.State.Trusted trusted ->
          remote.getTrusted(
              lookup(resource, key, node, slot, trusted.connection(), budget), request);
      case Trust.State.Degraded degraded ->
          remote.getDegraded(lookup(resource, key, node, slot, degraded.connection(), budget));
      case Trust.State.Unavailable unavailable -> remote.getWithoutRedis(resource, key, budget);
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
}

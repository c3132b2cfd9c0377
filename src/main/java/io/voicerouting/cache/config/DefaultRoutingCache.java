package io.voicerouting.cache.config;

import io.lettuce.core.RedisException;
import io.voicerouting.cache.BulkEviction;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CacheSummary;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.CachedEntry;
import io.voicerouting.cache.CachedKeys;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.EvictionCause;
import io.voicerouting.cache.EvictionSelection;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.RecentEvictions;
import io.voicerouting.cache.RequestReader;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.cache.eviction.BulkEvictor;
import io.voicerouting.cache.eviction.EvictionHistory;
import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.cache.eviction.RelayObserver;
import io.voicerouting.cache.lookup.CacheAsideEngine;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.cache.warm.WarmObserver;
import io.voicerouting.common.ApiClient;
import io.voicerouting.common.CurrentClient;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;

/** Delegates each call to the part of the engine that does it. */
final class DefaultRoutingCache implements RoutingCache {

  private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

  private final List<CachedResource<?>> resources;
  private final CacheAsideEngine engine;
  private final CacheWarmer warmer;
  private final RedisNodes nodes;
  private final PostCommitEvictor evictions;
  private final EvictionHistory history;
  private final BulkEvictor bulk;
  private final CacheMeters meters;
  private final RelayObserver relay;
  private final WarmObserver warming;
  private final CurrentClient client;
  private final boolean nearEnabled;
  private final NanoClock clock;

  DefaultRoutingCache(
      List<CachedResource<?>> resources,
      CacheAsideEngine engine,
      RedisNodes nodes,
      PostCommitEvictor evictions,
      CacheMeters meters,
      RelayObserver relay,
      WarmObserver warming,
      CurrentClient client,
      PlatformTransactionManager transactionManager,
      DataSource dataSource,
      CacheProperties properties,
      NanoClock clock) {
    this.resources = resources.stream().sorted(Comparator.comparing(CachedResource::name)).toList();
    this.engine = engine;
    this.warmer = new CacheWarmer(engine, nodes, resources, meters.refusals(), transactionManager);
    this.nodes = nodes;
    this.evictions = evictions;
    this.history = new EvictionHistory(dataSource, meters.events(), resources);
    this.bulk = new BulkEvictor(resources, dataSource, evictions);
    this.meters = meters;
    this.relay = relay;
    this.warming = warming;
    this.client = client;
    this.nearEnabled = properties.near().enabled();
    this.clock = clock;
  }

  @Override
  public <V> Lookup<V> get(
      CachedResource<V> resource, long organizationId, @Nullable String identifier) {
    return engine.get(resource, new CacheKey(resource.name(), organizationId, identifier));
  }

  @Override
  public RequestReader forRequest() {
    return engine.forRequest();
  }

  @Override
  public boolean evict(CacheKey key) {
    return inRedis(() -> evictions.evict(key, tokenName()));
  }

  @Override
  public long clear(long organizationId) {
    return inRedis(() -> evictions.clear(organizationId, tokenName()));
  }

  @Override
  public long clearAll() {
    return inRedis(() -> evictions.clear(OutboxRow.ALL_ORGANIZATIONS, tokenName()));
  }

  @Override
  public BulkEviction evict(EvictionSelection selection) {
    return bulk.evict(selection, tokenName());
  }

  @Override
  public long count(EvictionSelection selection) {
    return bulk.count(selection);
  }

  @Override
  public int warm(long organizationId) {
    return warmer.warm(organizationId);
  }

  @Override
  public CachedEntry inspect(CacheKey key) {
    return inRedis(() -> CacheInspector.inspect(nodes, key, timeLimit()));
  }

  @Override
  public CachedKeys keys(long organizationId, int page, int size) {
    return inRedis(() -> CacheInspector.keys(nodes, organizationId, page, size, timeLimit()));
  }

  @Override
  public int countCached(List<CacheKey> keys) {
    return inRedis(() -> CacheInspector.countCached(nodes, keys, timeLimit()));
  }

  @Override
  public RecentEvictions evictions(
      long organizationId, @Nullable CacheKey key, @Nullable EvictionCause cause, int limit) {
    return key == null
        ? history.find(organizationId, cause, limit)
        : history.find(organizationId, key, cause, limit);
  }

  @Override
  public CacheSummary summary() {
    return new CacheSummary(
        meters.figures(), relay.redis(), nearSummary(), relay.outbox(), warming.summary());
  }

  private CacheSummary.NearCache nearSummary() {
    return new CacheSummary.NearCache(
        nearEnabled,
        NearMeters.isTrusted(nodes),
        NearMeters.entries(nodes),
        NearMeters.weightBytes(nodes));
  }

  @Override
  public List<CachedResource<?>> resources() {
    return resources;
  }

  private static <T> T inRedis(Supplier<T> action) {
    try {
      return action.get();
    } catch (RedisException e) {
      throw new CacheUnavailableException("Redis refused the command", e);
    }
  }

  private @Nullable String tokenName() {
    ApiClient current = client.find();
    return current == null ? null : current.name();
  }

  private Deadline timeLimit() {
    return Deadline.after(TIME_LIMIT, clock);
  }
}

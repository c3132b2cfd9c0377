package io.voicerouting.cache.config;

import io.lettuce.core.RedisException;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheSummary;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.CachedEntry;
import io.voicerouting.cache.CachedKeys;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.RequestReader;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.cache.eviction.RelayObserver;
import io.voicerouting.cache.lookup.CacheAsideEngine;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Delegates each call to the part of the engine that does it. */
final class DefaultRoutingCache implements RoutingCache {

  private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

  private final List<CachedResource<?>> resources;
  private final CacheAsideEngine engine;
  private final CacheWarmer warmer;
  private final ConnectionHolder connections;
  private final PostCommitEvictor evictions;
  private final CacheMeters meters;
  private final RelayObserver relay;
  private final NearCache near;
  private final boolean nearEnabled;
  private final NanoClock clock;

  DefaultRoutingCache(
      List<CachedResource<?>> resources,
      CacheAsideEngine engine,
      CacheWarmer warmer,
      ConnectionHolder connections,
      PostCommitEvictor evictions,
      CacheMeters meters,
      RelayObserver relay,
      NearCache near,
      boolean nearEnabled,
      NanoClock clock) {
    this.resources = resources.stream().sorted(Comparator.comparing(CachedResource::name)).toList();
    this.engine = engine;
    this.warmer = warmer;
    this.connections = connections;
    this.evictions = evictions;
    this.meters = meters;
    this.relay = relay;
    this.near = near;
    this.nearEnabled = nearEnabled;
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
    return inRedis(connection -> evictions.evict(key));
  }

  @Override
  public long clear(long organizationId) {
    return inRedis(connection -> evictions.clear(organizationId));
  }

  @Override
  public long clearAll() {
    return inRedis(connection -> evictions.clear(OutboxRow.ALL_ORGANIZATIONS));
  }

  @Override
  public int warm(long organizationId) {
    return warmer.warm(organizationId);
  }

  @Override
  public CachedEntry inspect(CacheKey key) {
    return inRedis(connection -> CacheInspector.inspect(connection, key, timeLimit()));
  }

  @Override
  public CachedKeys keys(long organizationId, int page, int size) {
    return inRedis(
        connection -> CacheInspector.keys(connection, organizationId, page, size, timeLimit()));
  }

  @Override
  public CacheSummary summary() {
    return new CacheSummary(meters.figures(), relay.redis(), nearSummary(), relay.outbox());
  }

  private CacheSummary.NearCache nearSummary() {
    return new CacheSummary.NearCache(
        nearEnabled, near.trusted(), near.entries(), near.weightBytes());
  }

  @Override
  public List<CachedResource<?>> resources() {
    return resources;
  }

  private <T> T inRedis(Function<RedisConnection, T> action) {
    try {
      return action.apply(connections.requireConnection());
    } catch (RedisException e) {
      throw new CacheUnavailableException("Redis refused the command", e);
    }
  }

  private Deadline timeLimit() {
    return Deadline.after(TIME_LIMIT, clock);
  }
}

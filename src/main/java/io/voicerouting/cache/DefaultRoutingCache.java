package io.voicerouting.cache;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The engine's front: each call goes to the part that does it. */
final class DefaultRoutingCache implements RoutingCache {

  private static final Duration EVICTION_PATIENCE = Duration.ofSeconds(30);

  private final List<CachedResource<?>> resources;
  private final CacheAsideEngine engine;
  private final CacheWarmer warmer;
  private final CacheInspector inspector;
  private final RedisLink link;
  private final Evictor evictor;
  private final CacheMeters meters;
  private final RelayObserver relay;
  private final NearCache near;
  private final boolean nearEnabled;

  DefaultRoutingCache(
      List<CachedResource<?>> resources,
      CacheAsideEngine engine,
      CacheWarmer warmer,
      CacheInspector inspector,
      RedisLink link,
      Evictor evictor,
      CacheMeters meters,
      RelayObserver relay,
      NearCache near,
      boolean nearEnabled) {
    this.resources = resources.stream().sorted(Comparator.comparing(CachedResource::name)).toList();
    this.engine = engine;
    this.warmer = warmer;
    this.inspector = inspector;
    this.link = link;
    this.evictor = evictor;
    this.meters = meters;
    this.relay = relay;
    this.near = near;
    this.nearEnabled = nearEnabled;
  }

  @Override
  public <V> Lookup<V> get(
      CachedResource<V> resource, long organizationId, @Nullable String identifier) {
    return engine.get(resource, new CacheKey(resource.name(), organizationId, identifier));
  }

  @Override
  public <T> T asOne(List<CacheKey> likely, Supplier<T> lookups) {
    return engine.asOne(likely, lookups);
  }

  @Override
  public boolean evict(CacheKey key) {
    return inRedis(session -> evictor.evict(session, key, patience()) ? 1 : 0) == 1;
  }

  @Override
  public long clear(long organizationId) {
    return inRedis(session -> evictor.clear(session, organizationId, patience()));
  }

  @Override
  public long clearAll() {
    return inRedis(session -> evictor.clearAll(session, patience()));
  }

  @Override
  public int warm(long organizationId) {
    return warmer.warm(organizationId);
  }

  @Override
  public CachedEntry inspect(CacheKey key) {
    return inspector.inspect(key);
  }

  @Override
  public CachedKeys keys(long organizationId, int page, int size) {
    return inspector.keys(organizationId, page, size);
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

  private long inRedis(ToLongFunction<RedisSession> action) {
    try {
      return action.applyAsLong(link.requireSession());
    } catch (RedisException e) {
      throw new CacheUnavailableException("Redis refused to evict", e);
    }
  }

  private static Deadline patience() {
    return Deadline.after(EVICTION_PATIENCE);
  }
}

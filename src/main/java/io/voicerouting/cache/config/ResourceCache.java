package io.voicerouting.cache.config;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.RoutingCache;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.support.AbstractValueAdaptingCache;

/**
 * A resource as a Spring cache, for {@code CacheManager}, {@code @CacheEvict} and {@code
 * /actuator/caches}. Keys are {@code <organization_id>[:<identifier>]}. A read loads like any
 * lookup, and an eviction is that of the cache engine. A put is refused, because only a fill with a
 * lease may store.
 */
final class ResourceCache<V> extends AbstractValueAdaptingCache {

  private final RoutingCache cache;
  private final CachedResource<V> resource;

  ResourceCache(RoutingCache cache, CachedResource<V> resource) {
    super(true);
    this.cache = cache;
    this.resource = resource;
  }

  @Override
  public String getName() {
    return resource.name();
  }

  @Override
  public Object getNativeCache() {
    return cache;
  }

  @Override
  protected @Nullable Object lookup(Object key) {
    CacheKey parsed = parse(key);
    return switch (cache.get(resource, parsed.organizationId(), parsed.identifier())) {
      case Lookup.Found<V> found -> found.value();
      case Lookup.Absent<V> absent -> toStoreValue(null);
      case Lookup.Unavailable<V> unavailable -> null;
    };
  }

  @Override
  public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
    throw refused();
  }

  @Override
  public void put(Object key, @Nullable Object value) {
    throw refused();
  }

  @Override
  public void evict(Object key) {
    cache.evict(parse(key));
  }

  @Override
  public void clear() {
    cache.clearAll();
  }

  private CacheKey parse(Object key) {
    String[] parts = key.toString().split(":", 2);
    return new CacheKey(
        resource.name(), Long.parseLong(parts[0]), parts.length == 1 ? null : parts[1]);
  }

  private static UnsupportedOperationException refused() {
    return new UnsupportedOperationException("Only the cache engine stores documents");
  }
}

package io.voicerouting.cache.config;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.RoutingCache;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.support.SimpleValueWrapper;

/**
 * Shows the resources as Spring caches, to Boot's {@code caches} endpoint and to whoever looks for
 * them. Keys are {@code <organization_id>[:<identifier>]}. Reading loads like any lookup, evicting
 * evicts; putting is refused, because only a fill with a lease may store.
 */
final class RoutingCacheManager implements CacheManager {

  private final Map<String, Cache> caches;

  RoutingCacheManager(RoutingCache cache) {
    this.caches =
        cache.resources().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    CachedResource::name, resource -> new ResourceCache<>(cache, resource)));
  }

  @Override
  public @Nullable Cache getCache(String name) {
    return caches.get(name);
  }

  @Override
  public Collection<String> getCacheNames() {
    return caches.keySet();
  }

  private record ResourceCache<V>(RoutingCache cache, CachedResource<V> resource) implements Cache {

    @Override
    public String getName() {
      return resource.name();
    }

    @Override
    public Object getNativeCache() {
      return cache;
    }

    @Override
    public @Nullable ValueWrapper get(Object key) {
      CacheKey parsed = parse(key);
      return switch (cache.get(resource, parsed.organizationId(), parsed.identifier())) {
        case Lookup.Found<V> found -> new SimpleValueWrapper(found.value());
        case Lookup.Absent<V> absent -> new SimpleValueWrapper(null);
        case Lookup.Unavailable<V> unavailable -> null;
      };
    }

    @Override
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
      ValueWrapper wrapper = get(key);
      Object value = wrapper == null ? null : wrapper.get();
      return value == null || type == null ? null : type.cast(value);
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
      List<String> parts = List.of(key.toString().split(":", 2));
      return new CacheKey(
          resource.name(),
          Long.parseLong(parts.getFirst()),
          parts.size() == 1 ? null : parts.getLast());
    }

    private static IllegalStateException refused() {
      return new IllegalStateException("Documents are stored by the cache engine alone");
    }
  }
}

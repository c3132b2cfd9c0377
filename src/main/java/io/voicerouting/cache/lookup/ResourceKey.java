package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;

/** A key with the resource that it names. */
public record ResourceKey<V>(CachedResource<V> resource, CacheKey key) {}

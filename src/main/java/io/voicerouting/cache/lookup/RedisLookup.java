package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.redis.RedisConnection;

/**
 * A lookup that the near cache could not answer, and what it may use. All its Redis commands use
 * one connection.
 *
 * @param connection trusted, or degraded, when the lookup began
 * @param budget time limits of the request
 */
record RedisLookup<V>(
    CachedResource<V> resource, CacheKey key, RedisConnection connection, LookupBudget budget) {}

package io.voicerouting.cache.lookup;

import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.redis.PendingRead;
import io.voicerouting.cache.redis.RedisConnection;
import org.jspecify.annotations.Nullable;

/**
 * A read of a cache entry that was sent to Redis.
 *
 * @param connection on which it was sent
 * @param mark of the near cache, taken before the read was sent; null if the value must not be put
 * @param known the entry that Redis probably still has, so that the TTL was not read; null if it
 *     was
 * @param reply the value to wait for
 */
record EntryRead(
    RedisConnection connection,
    NearCache.@Nullable Mark mark,
    @Nullable RememberedEntry known,
    PendingRead reply) {}

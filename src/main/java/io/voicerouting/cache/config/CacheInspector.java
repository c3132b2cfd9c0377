package io.voicerouting.cache.config;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedEntry;
import io.voicerouting.cache.CachedKeys;
import io.voicerouting.cache.document.DocumentCodec;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.redis.OrganizationIndex;
import io.voicerouting.cache.redis.PendingRead;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.support.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what is in Redis, without changing it. Methods throw like those of {@link RedisConnection}.
 */
final class CacheInspector {

  private CacheInspector() {}

  static CachedEntry inspect(RedisConnection connection, CacheKey key, Deadline deadline) {
    String redisKey = key.redisKey();
    try {
      StoredValue stored = PendingRead.send(connection, redisKey).await(deadline);
      return stored == null
          ? new CachedEntry(redisKey, false, null, null)
          : new CachedEntry(
              redisKey, true, stored.ttlMillis() / 1000, DocumentCodec.tree(stored.bytes()));
    } catch (RedisCommandExecutionException e) {
      if (!PendingRead.isWrongType(e)) {
        throw e;
      }
      Long ttl = connection.replies().awaitBulk(connection.commands().pttl(redisKey), deadline);
      return new CachedEntry(redisKey, true, Math.max(0, ttl) / 1000, null);
    }
  }

  static CachedKeys keys(
      RedisConnection connection, long organizationId, int page, int size, Deadline deadline) {
    List<CachedKeys.Item> all = cached(connection, organizationId, deadline);
    List<CachedKeys.Item> items = all.stream().skip((long) page * size).limit(size).toList();
    return new CachedKeys(items, page, size, all.size());
  }

  /** The index may contain keys that were evicted; only existing entries are returned. */
  private static List<CachedKeys.Item> cached(
      RedisConnection connection, long organizationId, Deadline deadline) {
    Map<String, Long> found = new TreeMap<>();
    OrganizationIndex.forEachKey(
        connection,
        organizationId,
        deadline,
        keys -> {
          List<RedisFuture<Long>> ttls = keys.stream().map(connection.commands()::pttl).toList();
          for (int i = 0; i < keys.size(); i++) {
            found.put(keys.get(i), connection.replies().awaitBulk(ttls.get(i), deadline));
          }
        });
    List<CachedKeys.Item> items = new ArrayList<>();
    found.forEach(
        (key, ttl) -> {
          if (ttl > 0) {
            items.add(new CachedKeys.Item(key, ttl / 1000));
          }
        });
    return items;
  }
}

package io.voicerouting.cache.config;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedEntry;
import io.voicerouting.cache.CachedKeys;
import io.voicerouting.cache.document.DocumentCodec;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.OrganizationIndex;
import io.voicerouting.cache.redis.PendingRead;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.support.Deadline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Reads what is in Redis, without changing it. Methods throw like those of {@link RedisConnection}.
 */
final class CacheInspector {

  private CacheInspector() {}

  static CachedEntry inspect(RedisNodes nodes, CacheKey key, Deadline deadline) {
    RedisConnection connection = nodes.of(key).connections().requireConnection();
    String redisKey = key.redisKey();
    try {
      StoredValue stored = PendingRead.send(connection, redisKey).await(deadline);
      return stored == null
          ? new CachedEntry(redisKey, false, null, null, null, connection.address())
          : new CachedEntry(
              redisKey,
              true,
              stored.ttlMillis() / 1000,
              DocumentCodec.tree(stored.bytes()),
              (long) stored.bytes().length,
              connection.address());
    } catch (RedisCommandExecutionException e) {
      if (!PendingRead.isWrongType(e)) {
        throw e;
      }
      Long ttl = connection.replies().awaitBulk(connection.commands().pttl(redisKey), deadline);
      return new CachedEntry(
          redisKey, true, Math.max(0, ttl) / 1000, null, null, connection.address());
    }
  }

  static CachedKeys keys(
      RedisNodes nodes, long organizationId, int page, int size, Deadline deadline) {
    List<CachedKeys.Item> all = cached(nodes, organizationId, deadline);
    List<CachedKeys.Item> items = all.stream().skip((long) page * size).limit(size).toList();
    return new CachedKeys(items, page, size, all.size());
  }

  /**
   * The index may contain keys that were evicted; only existing entries are returned, and none of a
   * primary that is not connected.
   */
  private static List<CachedKeys.Item> cached(
      RedisNodes nodes, long organizationId, Deadline deadline) {
    String index = RedisKeys.index(organizationId);
    Map<String, Long> found = new TreeMap<>();
    OrganizationIndex.forEachKey(
        nodes.of(index).connections().requireConnection(),
        organizationId,
        deadline,
        keys -> found.putAll(ttls(nodes, keys, deadline)));
    return found.entrySet().stream()
        .filter(key -> key.getValue() > 0)
        .map(key -> new CachedKeys.Item(key.getKey(), key.getValue() / 1000))
        .toList();
  }

  private static Map<String, Long> ttls(RedisNodes nodes, List<String> keys, Deadline deadline) {
    Map<String, Supplier<Long>> replies = new HashMap<>();
    for (String key : keys) {
      RedisConnection connection = nodes.connection(key);
      if (connection != null) {
        RedisFuture<Long> ttl = connection.commands().pttl(key);
        replies.put(key, () -> connection.replies().awaitBulk(ttl, deadline));
      }
    }
    Map<String, Long> ttls = new HashMap<>();
    replies.forEach((key, reply) -> ttls.put(key, reply.get()));
    return ttls;
  }
}

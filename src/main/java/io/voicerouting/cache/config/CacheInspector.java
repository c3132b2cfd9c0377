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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
      if (stored == null) {
        return new CachedEntry(redisKey, false, null, null, null, null, connection.address());
      }
      DocumentCodec.Shown shown = DocumentCodec.show(stored.bytes());
      return new CachedEntry(
          redisKey,
          true,
          stored.ttlMillis() / 1000,
          shown.tree(),
          (long) stored.bytes().length,
          shown.loadedAt(),
          connection.address());
    } catch (RedisCommandExecutionException e) {
      if (!PendingRead.isWrongType(e)) {
        throw e;
      }
      Long ttl = connection.replies().awaitBulk(connection.commands().pttl(redisKey), deadline);
      return new CachedEntry(
          redisKey, true, Math.max(0, ttl) / 1000, null, null, null, connection.address());
    }
  }

  static CachedKeys keys(
      RedisNodes nodes, long organizationId, int page, int size, Deadline deadline) {
    SortedMap<String, Long> all = cached(nodes, organizationId, deadline);
    List<String> shown = all.keySet().stream().skip((long) page * size).limit(size).toList();
    return new CachedKeys(items(nodes, shown, all, deadline), page, size, all.size());
  }

  /** Keys of a primary that is not connected count as not cached. */
  static int countCached(RedisNodes nodes, List<CacheKey> keys, Deadline deadline) {
    List<String> redisKeys = keys.stream().map(CacheKey::redisKey).toList();
    return (int) ttls(nodes, redisKeys, deadline).values().stream().filter(ttl -> ttl > 0).count();
  }

  /** Reads the entries of one page, all of a primary at a time. */
  private static List<CachedKeys.Item> items(
      RedisNodes nodes, List<String> keys, Map<String, Long> ttls, Deadline deadline) {
    Map<String, PendingRead> reads = new HashMap<>();
    keys.stream()
        .filter(key -> nodes.connection(key) != null)
        .collect(Collectors.groupingBy(nodes::of))
        .forEach(
            (node, ofNode) -> {
              List<PendingRead> sent =
                  PendingRead.send(
                      node.connections().requireConnection(),
                      ofNode.stream().map(key -> new PendingRead.Request(key, true)).toList());
              for (int i = 0; i < sent.size(); i++) {
                reads.put(ofNode.get(i), sent.get(i));
              }
            });
    return keys.stream()
        .map(key -> item(key, ttls.getOrDefault(key, 0L), reads.get(key), deadline))
        .toList();
  }

  private static CachedKeys.Item item(
      String key, long ttlMillis, @Nullable PendingRead read, Deadline deadline) {
    StoredValue stored = read == null ? null : value(read, deadline);
    return stored == null // evicted meanwhile, or no document
        ? new CachedKeys.Item(key, ttlMillis / 1000, null, null)
        : new CachedKeys.Item(
            key,
            stored.ttlMillis() / 1000,
            (long) stored.bytes().length,
            DocumentCodec.show(stored.bytes()).loadedAt());
  }

  private static @Nullable StoredValue value(PendingRead read, Deadline deadline) {
    try {
      return read.await(deadline);
    } catch (RedisCommandExecutionException e) {
      if (PendingRead.isWrongType(e)) {
        return null;
      }
      throw e;
    }
  }

  /**
   * The index may contain keys that were evicted; only existing entries are returned, and none of a
   * primary that is not connected.
   */
  private static SortedMap<String, Long> cached(
      RedisNodes nodes, long organizationId, Deadline deadline) {
    String index = RedisKeys.index(organizationId);
    SortedMap<String, Long> found = new TreeMap<>();
    OrganizationIndex.forEachKey(
        nodes.of(index).connections().requireConnection(),
        organizationId,
        deadline,
        keys -> found.putAll(ttls(nodes, keys, deadline)));
    found.values().removeIf(ttl -> ttl <= 0);
    return found;
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

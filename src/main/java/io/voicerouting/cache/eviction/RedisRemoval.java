package io.voicerouting.cache.eviction;

import io.lettuce.core.RedisException;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.EvictionCause;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.KeyEviction;
import io.voicerouting.cache.redis.OrganizationIndex;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.Deadline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes documents from Redis, and counts them by resource and cause. */
final class RedisRemoval {

  /** Keys that are sent at once: enough for speed, and few enough not to block Redis. */
  private static final int CHUNK = OrganizationIndex.PAGE;

  private static final Logger LOG = LoggerFactory.getLogger(RedisRemoval.class);

  private final RedisNodes nodes;
  private final CacheMeters meters;

  RedisRemoval(RedisNodes nodes, CacheMeters meters) {
    this.nodes = nodes;
    this.meters = meters;
  }

  /**
   * Removes the documents that the index of an organization names, and counts them. The index
   * itself is kept. Documents on a primary that does not answer remain there; the mark makes them
   * void.
   *
   * @param home connection to the primary of the index
   */
  long removeIndexed(
      RedisConnection home, long organizationId, EvictionCause cause, Deadline deadline) {
    RedisNode node = nodes.of(RowSlots.index(organizationId));
    Route route = key -> nodes.of(key).equals(node) ? home : nodes.connection(key);
    LongAdder removed = new LongAdder();
    if (organizationId == OutboxRow.ALL_ORGANIZATIONS) {
      OrganizationIndex.forEachOrganization(
          home,
          deadline,
          ids -> ids.forEach(id -> removed.add(removeIndexed(route, id, cause, deadline))));
    } else {
      removed.add(removeIndexed(route, organizationId, cause, deadline));
    }
    return removed.sum();
  }

  /** Finds the connection for a key; null if there is none. */
  private interface Route {
    @Nullable RedisConnection connection(String key);
  }

  private long removeIndexed(
      Route route, long organizationId, EvictionCause cause, Deadline deadline) {
    RedisConnection index = route.connection(RedisKeys.index(organizationId));
    LongAdder removed = new LongAdder();
    if (index != null) {
      OrganizationIndex.forEachKey(
          index,
          organizationId,
          deadline,
          keys -> {
            try {
              removed.add(remove(index, route, keys, cause, deadline));
            } finally {
              invalidateOfOtherKeys(keys, organizationId);
            }
          });
    }
    return removed.sum();
  }

  private long remove(
      RedisConnection index,
      Route route,
      List<String> keys,
      EvictionCause cause,
      Deadline deadline) {
    Map<RedisConnection, List<String>> parts = new HashMap<>();
    for (String key : keys) {
      RedisConnection connection = route.connection(key);
      if (connection != null) {
        parts.computeIfAbsent(connection, same -> new ArrayList<>()).add(key);
      }
    }
    long removed = 0;
    for (Map.Entry<RedisConnection, List<String>> part : parts.entrySet()) {
      removed +=
          part.getKey().equals(index)
              ? remove(index, part.getValue(), key -> cause, deadline)
              : tryRemove(part.getKey(), part.getValue(), cause, deadline);
    }
    return removed;
  }

  private long tryRemove(
      RedisConnection connection, List<String> keys, EvictionCause cause, Deadline deadline) {
    try {
      return remove(connection, keys, key -> cause, deadline);
    } catch (CacheUnavailableException | RedisException e) {
      LOG.debug("Voice routing cache: Void documents were not removed", e);
      return 0;
    }
  }

  /**
   * Removes documents and counts them.
   *
   * @param cause returns why a key is evicted
   */
  long remove(
      RedisConnection connection,
      List<String> keys,
      Function<String, EvictionCause> cause,
      Deadline deadline) {
    LongAdder removed = new LongAdder();
    for (int from = 0; from < keys.size(); from += CHUNK) {
      List<String> chunk = keys.subList(from, Math.min(from + CHUNK, keys.size()));
      KeyEviction.evict(
          connection,
          chunk,
          deadline,
          key -> {
            meters.countEvictions(CacheKey.resourceOf(key), cause.apply(key), 1);
            removed.increment();
          });
    }
    return removed.sum();
  }

  /**
   * Removes documents from the near caches if they belong to the organization but their keys do not
   * name it.
   */
  private void invalidateOfOtherKeys(List<String> keys, long organizationId) {
    for (String redisKey : keys) {
      CacheKey key = CacheKey.parse(redisKey);
      if (key != null && key.organizationId() != organizationId) {
        nodes.invalidateNear(key);
      }
    }
  }
}

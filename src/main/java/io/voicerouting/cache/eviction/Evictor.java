package io.voicerouting.cache.eviction;

import io.lettuce.core.RedisException;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.EvictionCause;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.KeyEviction;
import io.voicerouting.cache.redis.OrganizationIndex;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes documents from Redis and from this instance's near cache; other instances' near caches
 * are notified by Redis. When a method returns, Redis has confirmed; when it throws, nothing is
 * known. Organization-wide evictions are marks first ({@link OrganizationEvictions}): what the
 * organization's index names is also removed, which frees memory.
 */
public final class Evictor {

  /**
   * For very many rows. A bulk eviction must end, or the next pass would start it again. Each reply
   * has its own timeout.
   */
  static final Duration BULK_TIMEOUT = Duration.ofHours(1);

  /** Keys that are sent at once: many enough for speed, few enough not to hold Redis. */
  private static final int CHUNK = OrganizationIndex.PAGE;

  private static final Logger LOG = LoggerFactory.getLogger(Evictor.class);

  private final CacheMeters meters;
  private final RedisNodes nodes;
  private final OrganizationEvictions organizations;
  private final Map<String, String> titles;

  public Evictor(
      CacheMeters meters,
      RedisNodes nodes,
      OrganizationEvictions organizations,
      Collection<? extends CachedResource<?>> resources) {
    this.meters = meters;
    this.nodes = nodes;
    this.organizations = organizations;
    this.titles =
        resources.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    CachedResource::name, resource -> resource.definition().title()));
  }

  /** Removes one document for an operator; returns whether there was one. */
  public boolean evict(CacheKey key, Deadline deadline) {
    boolean existed;
    try {
      RedisConnection connection = nodes.of(key).connections().requireConnection();
      existed = KeyEviction.evictOne(connection, key.redisKey(), deadline);
    } finally {
      invalidateNear(key);
    }
    meters.evicted(key.resource(), EvictionCause.OPERATOR, existed ? 1 : 0);
    return existed;
  }

  /**
   * Removes the documents that outbox rows name.
   *
   * @param connection to the primary of their keys
   */
  public void evict(RedisConnection connection, List<OutboxRow> rows, Deadline deadline) {
    List<OutboxRow> wide = rows.stream().filter(OutboxRow::isOrganizationWide).toList();
    Map<String, EvictionCause> keys = keysOf(rows);
    mark(wide);
    try {
      // Also those of an organization that is evicted as a whole: the index may be incomplete, and
      // a document may have been loaded between the two transactions.
      evictKeys(
          connection,
          List.copyOf(keys.keySet()),
          key -> keys.getOrDefault(key, EvictionCause.CHANGE),
          deadline);
      for (Map.Entry<Long, EvictionCause> one : causes(wide).entrySet()) {
        long evicted = evictIndexed(connection, one.getKey(), one.getValue(), deadline);
        CacheLog.invalidated(one.getKey(), evicted);
      }
    } finally {
      evictNear(rows);
    }
    rows.stream().map(OutboxRow::key).filter(Objects::nonNull).forEach(this::invalidated);
  }

  /** The keys in Redis, each once, with the cause of its last row. */
  private static Map<String, EvictionCause> keysOf(List<OutboxRow> rows) {
    Map<String, EvictionCause> keys = new LinkedHashMap<>();
    for (OutboxRow row : rows) {
      CacheKey key = row.key();
      if (key != null) {
        keys.put(key.redisKey(), cause(row));
      }
    }
    return keys;
  }

  private static Map<Long, EvictionCause> causes(List<OutboxRow> wide) {
    Map<Long, EvictionCause> causes = new LinkedHashMap<>();
    wide.forEach(row -> causes.put(row.organizationId(), cause(row)));
    return causes;
  }

  /** A row of a release that wrote no cause is most likely one of a change. */
  private static EvictionCause cause(OutboxRow row) {
    EvictionCause cause = row.cause();
    return cause == null ? EvictionCause.CHANGE : cause;
  }

  /**
   * Does what needs no reply from Redis: documents of organization-wide rows are void from now on,
   * and nothing that the rows name is in the near cache.
   */
  void evictLocally(List<OutboxRow> rows) {
    mark(rows.stream().filter(OutboxRow::isOrganizationWide).toList());
    evictNear(rows);
  }

  private void mark(List<OutboxRow> wide) {
    // A row without a transaction id of this cluster comes from a restored dump: it is no mark.
    wide.stream()
        .filter(row -> row.xactId() != 0)
        .forEach(row -> organizations.add(row.organizationId(), row.xactId()));
  }

  private void evictNear(List<OutboxRow> rows) {
    for (OutboxRow row : rows) {
      CacheKey key = row.key();
      if (key != null) {
        invalidateNear(key);
      } else if (row.organizationId() == OutboxRow.ALL_ORGANIZATIONS) {
        nodes.all().forEach(node -> node.near().clear());
      } else {
        nodes.all().forEach(node -> node.near().invalidateOrganization(row.organizationId()));
      }
    }
  }

  /** In every near cache: which primary a document was read from may have changed. */
  private void invalidateNear(CacheKey key) {
    nodes.all().forEach(node -> node.near().invalidate(key));
  }

  /** Documents of the organization whose keys do not name it. */
  private void invalidateOfOtherKeys(List<String> keys, long organizationId) {
    for (String redisKey : keys) {
      CacheKey key = CacheKey.parse(redisKey);
      if (key != null && key.organizationId() != organizationId) {
        invalidateNear(key);
      }
    }
  }

  /**
   * Removes what the index of an organization names, and counts it; the index stays. Documents on
   * other primaries than the index's remain if theirs does not answer; they are void by the mark.
   *
   * @param home connection to the primary of the index
   */
  long evictIndexed(
      RedisConnection home, long organizationId, EvictionCause cause, Deadline deadline) {
    RedisNode node = nodes.of(RowSlots.index(organizationId));
    Route route = key -> nodes.of(key).equals(node) ? home : nodes.connection(key);
    LongAdder removed = new LongAdder();
    if (organizationId == OutboxRow.ALL_ORGANIZATIONS) {
      OrganizationIndex.forEachOrganization(
          home,
          deadline,
          ids -> ids.forEach(id -> removed.add(evictIndexed(route, id, cause, deadline))));
    } else {
      removed.add(evictIndexed(route, organizationId, cause, deadline));
    }
    return removed.sum();
  }

  /** Finds the connection for a key; null if there is none. */
  private interface Route {
    @Nullable RedisConnection connection(String key);
  }

  private long evictIndexed(
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
              removed.add(evictKeys(index, route, keys, cause, deadline));
            } finally {
              invalidateOfOtherKeys(keys, organizationId);
            }
          });
    }
    return removed.sum();
  }

  private long evictKeys(
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
              ? evictKeys(index, part.getValue(), key -> cause, deadline)
              : tryEvictKeys(part.getKey(), part.getValue(), cause, deadline);
    }
    return removed;
  }

  private long tryEvictKeys(
      RedisConnection connection, List<String> keys, EvictionCause cause, Deadline deadline) {
    try {
      return evictKeys(connection, keys, key -> cause, deadline);
    } catch (CacheUnavailableException | RedisException e) {
      LOG.debug("Voice routing cache: Void documents were not removed", e);
      return 0;
    }
  }

  private long evictKeys(
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
            meters.evicted(CacheKey.resourceOf(key), cause.apply(key), 1);
            removed.increment();
          });
    }
    return removed.sum();
  }

  private void invalidated(CacheKey key) {
    CacheLog.invalidated(titles.getOrDefault(key.resource(), key.resource()), key);
  }
}

package io.voicerouting.cache.eviction;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.EvictionCause;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.KeyEviction;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.Deadline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Removes documents from Redis and from this instance's near cache; other instances' near caches
 * are notified by Redis. When a method returns, Redis has confirmed the evictions. When it throws,
 * it is unknown which keys were evicted. Organization-wide evictions are marks ({@link
 * OrganizationEvictions}). The documents that the organization's index names are also removed, to
 * free memory.
 */
public final class Evictor {

  /**
   * Time limit for very many rows. A bulk eviction must end, or the next pass would start it again.
   * Each reply has its own timeout.
   */
  static final Duration BULK_TIMEOUT = Duration.ofHours(1);

  private final CacheMeters meters;
  private final RedisNodes nodes;
  private final RedisRemoval removal;
  private final OrganizationEvictions organizations;
  private final Map<String, String> titles;

  public Evictor(
      CacheMeters meters,
      RedisNodes nodes,
      OrganizationEvictions organizations,
      List<CachedResource<?>> resources) {
    this.meters = meters;
    this.nodes = nodes;
    this.removal = new RedisRemoval(nodes, meters);
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
      nodes.invalidateNear(key);
    }
    meters.countEvictions(key.resource(), EvictionCause.OPERATOR, existed ? 1 : 0);
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
      // Keys of an organization that is evicted as a whole are removed, too: the index may be
      // incomplete, and a document may have been loaded between the two transactions.
      removal.remove(
          connection,
          List.copyOf(keys.keySet()),
          key -> keys.getOrDefault(key, EvictionCause.CHANGE),
          deadline);
      for (Map.Entry<Long, EvictionCause> one : causes(wide).entrySet()) {
        long evicted = removal.removeIndexed(connection, one.getKey(), one.getValue(), deadline);
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

  /** A row without a cause is of an older release, and most likely of a change. */
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
        nodes.invalidateNear(key);
      } else if (row.organizationId() == OutboxRow.ALL_ORGANIZATIONS) {
        nodes.all().forEach(node -> node.near().clear());
      } else {
        nodes.all().forEach(node -> node.near().invalidateOrganization(row.organizationId()));
      }
    }
  }

  private void invalidated(CacheKey key) {
    CacheLog.invalidated(titles.getOrDefault(key.resource(), key.resource()), key);
  }
}

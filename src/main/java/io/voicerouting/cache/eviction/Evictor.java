package io.voicerouting.cache.eviction;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValueScanCursor;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.Deadline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Removes documents from Redis, and from this instance's near cache: other instances' hear of it
 * from Redis. When a method returns, Redis has confirmed; when it throws, nothing is known.
 */
public final class Evictor {

  /** So many keys are under way at once: many enough for speed, few enough not to hold Redis. */
  private static final int CHUNK = 500;

  private final CacheMeters meters;
  private final NearCache near;
  private final Map<String, String> titles;

  public Evictor(
      CacheMeters meters, NearCache near, Collection<? extends CachedResource<?>> resources) {
    this.meters = meters;
    this.near = near;
    this.titles =
        resources.stream()
            .collect(Collectors.toUnmodifiableMap(CachedResource::name, CachedResource::title));
  }

  /** Removes one document; whether there was one. */
  public boolean evict(RedisConnection session, CacheKey key, Deadline deadline) {
    boolean existed;
    try {
      existed = session.evictOne(key.redisKey(), deadline);
    } finally {
      near.invalidate(key);
    }
    meters.evicted(key.resource(), existed ? 1 : 0);
    invalidated(key);
    return existed;
  }

  /** Removes what transactions asked for. */
  public void evict(RedisConnection session, List<OutboxRow> rows, Deadline deadline) {
    Set<Long> whole =
        rows.stream()
            .filter(row -> row.resource() == null)
            .map(OutboxRow::organizationId)
            .collect(Collectors.toSet());
    List<String> keys = new ArrayList<>();
    for (OutboxRow row : rows) {
      CacheKey key = row.key();
      if (key != null && !whole.contains(key.organizationId())) {
        keys.add(key.redisKey());
      }
    }
    try {
      evictKeys(session, keys.stream().distinct().toList(), deadline);
      for (long organizationId : whole) {
        CacheLog.invalidated(organizationId, evictAll(session, organizationId, deadline));
      }
    } finally {
      evictNear(rows);
    }
    rows.stream().map(OutboxRow::key).filter(Objects::nonNull).forEach(this::invalidated);
  }

  /** Removes what transactions asked for from the near cache alone. */
  void evictNear(List<OutboxRow> rows) {
    for (OutboxRow row : rows) {
      CacheKey key = row.key();
      if (key == null) {
        near.invalidateOrganization(row.organizationId());
      } else {
        near.invalidate(key);
      }
    }
  }

  /** Removes every document of an organization because an operator says so. */
  public long clear(RedisConnection session, long organizationId, Deadline deadline) {
    long evicted = evictAll(session, organizationId, deadline);
    CacheLog.cleared(organizationId, evicted);
    return evicted;
  }

  /**
   * Removes every document of an organization that its index names. An entry goes into the index
   * before its load begins, so a fill under way loses its lease here; entries stay, for they may be
   * somebody's who is about to fill.
   */
  private long evictAll(RedisConnection session, long organizationId, Deadline deadline) {
    try {
      return scan(
          session,
          RedisKeys.index(organizationId),
          deadline,
          keys -> evictKeys(session, keys, deadline));
    } finally {
      near.invalidateOrganization(organizationId);
    }
  }

  /** Removes every document of every organization that has an index. */
  public long clearAll(RedisConnection session, Deadline deadline) {
    return scan(
        session,
        RedisKeys.INDEXES,
        deadline,
        organizations ->
            organizations.stream()
                .mapToLong(id -> clear(session, Long.parseLong(id), deadline))
                .sum());
  }

  private long evictKeys(RedisConnection session, List<String> keys, Deadline deadline) {
    LongAdder removed = new LongAdder();
    for (int from = 0; from < keys.size(); from += CHUNK) {
      List<String> chunk = keys.subList(from, Math.min(from + CHUNK, keys.size()));
      session.evict(
          chunk,
          deadline,
          key -> {
            meters.evicted(CacheKey.resourceOf(key), 1);
            removed.increment();
          });
    }
    return removed.sum();
  }

  private void invalidated(CacheKey key) {
    CacheLog.invalidated(titles.getOrDefault(key.resource(), key.resource()), key);
  }

  /** ZSCAN returns every member that is there from its start to its end. */
  private static long scan(
      RedisConnection session,
      String index,
      Deadline deadline,
      ToLongFunction<List<String>> action) {
    long sum = 0;
    ScanCursor cursor = ScanCursor.INITIAL;
    do {
      ScoredValueScanCursor<byte[]> page =
          session
              .replies()
              .awaitBulk(
                  session.commands().zscan(index, cursor, ScanArgs.Builder.limit(CHUNK)), deadline);
      sum +=
          action.applyAsLong(
              page.getValues().stream().map(entry -> new String(entry.getValue(), UTF_8)).toList());
      cursor = page;
    } while (!cursor.isFinished());
    return sum;
  }
}

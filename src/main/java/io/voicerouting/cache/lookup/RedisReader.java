package io.voicerouting.cache.lookup;

import io.lettuce.core.RedisCommandExecutionException;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.redis.PendingRead;
import io.voicerouting.cache.redis.RedisConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads cache entries from Redis and puts them into the near cache. Methods throw {@link
 * CacheUnavailableException} if Redis does not answer in time, and {@link
 * RedisCommandExecutionException} if it refuses.
 */
public final class RedisReader {

  private static final int MIN_PREFETCH = 2; // fewer save no round trip

  private final DocumentStore documents;
  private final NearCache near;

  public RedisReader(DocumentStore documents, NearCache near) {
    this.documents = documents;
    this.near = near;
  }

  /** Sends reads of the entries that the near cache does not hold, if that saves a round trip. */
  PrefetchedReads prefetch(List<CacheKey> expected, RedisLookup<?> lookup) {
    RedisConnection connection = lookup.connection();
    List<CacheKey> keys = expected.stream().filter(key -> !near.holds(key, connection)).toList();
    return new PrefetchedReads(
        connection,
        keys.size() < MIN_PREFETCH ? Map.of() : lookup.sendTrusted(() -> send(keys, connection)));
  }

  private Map<CacheKey, EntryRead> send(List<CacheKey> keys, RedisConnection connection) {
    List<NearCache.@Nullable Mark> marks = new ArrayList<>();
    keys.forEach(key -> marks.add(near.mark(key, connection))); // before the reads are sent
    List<PendingRead> replies =
        PendingRead.send(connection, keys.stream().map(CacheKey::redisKey).toList());
    Map<CacheKey, EntryRead> reads = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      reads.put(keys.get(i), new EntryRead(marks.get(i), replies.get(i)));
    }
    return reads;
  }

  /** Reads an entry; null if there is none. */
  <V> @Nullable Lookup<V> find(RedisLookup<V> lookup) {
    return await(lookup, lookup.sendTrusted(() -> send(lookup)), null);
  }

  /** Reads an entry, using a read that was sent before; null if there is no entry. */
  <V> @Nullable Lookup<V> find(RedisLookup<V> lookup, @Nullable EntryRead prefetched) {
    return prefetched == null ? find(lookup) : await(lookup, prefetched, null);
  }

  /**
   * Reads an entry while the database is down. It may be stale. There is nobody else to ask, so the
   * lookup waits longer for Redis.
   */
  <V> @Nullable Lookup<V> findDegraded(RedisLookup<V> lookup) {
    return await(lookup, send(lookup), CacheStatus.DEGRADED);
  }

  private EntryRead send(RedisLookup<?> lookup) {
    NearCache.Mark mark = near.mark(lookup.key(), lookup.connection()); // before the read is sent
    return new EntryRead(mark, PendingRead.send(lookup.connection(), lookup.key().redisKey()));
  }

  private <V> @Nullable Lookup<V> await(
      RedisLookup<V> lookup, EntryRead read, @Nullable String detail) {
    LookupBudget budget = lookup.budget();
    try {
      StoredValue stored =
          detail == null
              ? read.reply().await(budget.redis())
              : read.reply().awaitExtended(budget.redisAlone());
      LoadResult<V> found = stored == null ? null : documents.read(lookup, stored);
      if (stored == null || found == null) {
        return null;
      }
      long owner = found.owner(lookup.resource(), lookup.key());
      near.put(read.mark(), lookup.key(), owner, found, stored);
      return found.answered(CacheStatus.hit(stored.ttlMillis(), detail));
    } catch (RedisCommandExecutionException e) {
      if (!PendingRead.isWrongType(e)) {
        throw e;
      }
      documents.remove(lookup);
      return null;
    }
  }
}

package io.voicerouting.cache.lookup;

import io.lettuce.core.RedisCommandExecutionException;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.PendingRead;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.CacheSpans;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads cache entries from Redis and puts them into the near cache. Methods throw {@link
 * CacheUnavailableException} if Redis does not answer in time, and {@link
 * RedisCommandExecutionException} if it refuses.
 */
final class RedisReader {

  private static final int MIN_PREFETCH = 2; // fewer save no round trip

  private final DocumentStore documents;
  private final CacheSpans spans;

  RedisReader(DocumentStore documents, CacheSpans spans) {
    this.documents = documents;
    this.spans = spans;
  }

  /** An entry to read. Its TTL is read, too, unless the entry is probably known already. */
  private record Expected(CacheKey key, @Nullable RememberedEntry known) {
    PendingRead.Request request() {
      return new PendingRead.Request(key.redisKey(), known == null);
    }
  }

  /** The entries of one primary, and how they are read there. */
  private record Part(RedisNode node, RedisConnection connection, List<Expected> entries) {}

  /**
   * Sends reads of the entries that the near caches do not hold, if that saves a round trip: one
   * write to each trusted primary.
   */
  Map<CacheKey, EntryRead> prefetch(Collection<CacheKey> expected, RedisNodes nodes) {
    Map<RedisConnection, Part> parts = new LinkedHashMap<>();
    int count = 0;
    for (CacheKey key : expected) {
      RedisNode node = nodes.of(key);
      if (node.trust().state() instanceof Trust.State.Trusted trusted
          && !node.near().holds(key, trusted.connection())) {
        parts
            .computeIfAbsent(trusted.connection(), same -> new Part(node, same, new ArrayList<>()))
            .entries()
            .add(new Expected(key, documents.known(key)));
        count++;
      }
    }
    Map<CacheKey, EntryRead> reads = new HashMap<>();
    if (count >= MIN_PREFETCH) {
      parts.values().forEach(part -> send(part, nodes, reads));
    }
    return reads;
  }

  private static void send(Part part, RedisNodes nodes, Map<CacheKey, EntryRead> reads) {
    try {
      reads.putAll(sendTrusted(part, nodes));
    } catch (CacheUnavailableException e) {
      // Not trusted for all of these keys any more: each lookup decides for itself.
    }
  }

  /**
   * Sends reads of entries of one primary and of their TTLs, in one write.
   *
   * @throws CacheUnavailableException if the connection is not trusted for all of the keys
   */
  static Map<CacheKey, EntryRead> send(
      RedisNode node, RedisConnection connection, List<CacheKey> keys, RedisNodes nodes) {
    List<Expected> entries = keys.stream().map(key -> new Expected(key, null)).toList();
    return sendTrusted(new Part(node, connection, entries), nodes);
  }

  private static Map<CacheKey, EntryRead> sendTrusted(Part part, RedisNodes nodes) {
    int[] slots = new int[part.entries().size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = nodes.slotOf(part.entries().get(i).key());
    }
    return part.node().trust().sendTrusted(part.connection(), () -> send(part), slots);
  }

  private static Map<CacheKey, EntryRead> send(Part part) {
    NearCache near = part.node().near();
    RedisConnection connection = part.connection();
    List<Expected> entries = part.entries();
    List<NearCache.@Nullable Mark> marks = new ArrayList<>(entries.size());
    List<PendingRead.Request> requests = new ArrayList<>(entries.size());
    for (Expected entry : entries) {
      marks.add(near.mark(entry.key(), connection)); // before the reads are sent
      requests.add(entry.request());
    }
    List<PendingRead> replies = PendingRead.send(connection, requests);
    Map<CacheKey, EntryRead> reads = new HashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      Expected entry = entries.get(i);
      reads.put(
          entry.key(), new EntryRead(connection, marks.get(i), entry.known(), replies.get(i)));
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
   * Reads an entry while the database is down. It may be stale. There is no other source, so the
   * lookup waits longer for Redis.
   */
  <V> @Nullable Lookup<V> findDegraded(RedisLookup<V> lookup) {
    return await(lookup, send(lookup), CacheStatus.DEGRADED);
  }

  /**
   * Puts a value that was read into the near cache; returns whether there was a usable one. Waits
   * longer than for other reads, because the reply comes behind many others.
   */
  boolean putNear(RedisLookup<?> lookup, EntryRead read) {
    return await(lookup, read, CacheStatus.DEGRADED) != null;
  }

  private EntryRead send(RedisLookup<?> lookup) {
    RedisConnection connection = lookup.connection();
    NearCache.Mark mark = lookup.near().mark(lookup.key(), connection); // before the read is sent
    PendingRead reply = PendingRead.send(connection, lookup.key().redisKey());
    return new EntryRead(connection, mark, null, reply);
  }

  private <V> @Nullable Lookup<V> await(
      RedisLookup<V> lookup, EntryRead read, @Nullable String detail) {
    LookupBudget budget = lookup.budget();
    try {
      StoredValue stored =
          spans.trace(
              "redis get",
              lookup.key(),
              () ->
                  detail == null
                      ? read.reply().await(budget.redis())
                      : read.reply().awaitExtended(budget.extendedRedis()));
      if (stored == null) {
        return null;
      }
      RememberedEntry known = read.known();
      if (known == null) {
        return answer(lookup, read.mark(), stored, detail);
      }
      return known.isStill(stored) ? documents.answer(lookup, known, detail) : find(lookup);
    } catch (RedisCommandExecutionException e) {
      if (!PendingRead.isWrongType(e)) {
        throw e;
      }
      documents.remove(lookup, "not a string");
      return null;
    }
  }

  private <V> @Nullable Lookup<V> answer(
      RedisLookup<V> lookup,
      NearCache.@Nullable Mark mark,
      StoredValue stored,
      @Nullable String detail) {
    LoadResult<V> found = documents.read(lookup, stored);
    if (found == null) {
      return null;
    }
    long owner = found.owner(lookup.resource(), lookup.key());
    lookup.near().put(mark, lookup.key(), owner, found, stored);
    return found.toLookup(CacheStatus.hit(stored.ttlMillis(), detail));
  }
}

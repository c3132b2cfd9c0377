package io.voicerouting.cache.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValueScanCursor;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedEntry;
import io.voicerouting.cache.CachedKeys;
import io.voicerouting.cache.document.DocumentCodec;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.redis.PendingRead;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.support.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Looks at what is in Redis without changing it. Throws as {@link RedisConnection}'s own methods
 * do.
 */
final class CacheInspector {

  private static final int CHUNK = 500;

  private CacheInspector() {}

  static CachedEntry inspect(RedisConnection session, CacheKey key, Deadline deadline) {
    String redisKey = key.redisKey();
    try {
      StoredValue copy = PendingRead.send(session, redisKey).await(deadline);
      return copy == null
          ? new CachedEntry(redisKey, false, null, null)
          : new CachedEntry(
              redisKey, true, copy.ttlMillis() / 1000, DocumentCodec.tree(copy.bytes()));
    } catch (RedisCommandExecutionException e) {
      if (!PendingRead.isNoString(e)) {
        throw e;
      }
      Long ttl = session.replies().awaitBulk(session.commands().pttl(redisKey), deadline);
      return new CachedEntry(redisKey, true, Math.max(0, ttl) / 1000, null);
    }
  }

  static CachedKeys keys(
      RedisConnection session, long organizationId, int page, int size, Deadline deadline) {
    List<CachedKeys.Item> all = cached(session, organizationId, deadline);
    List<CachedKeys.Item> items = all.stream().skip((long) page * size).limit(size).toList();
    return new CachedKeys(items, page, size, all.size());
  }

  /** The index may name keys that were evicted since; only those that are there count. */
  private static List<CachedKeys.Item> cached(
      RedisConnection session, long organizationId, Deadline deadline) {
    Map<String, Long> found = new TreeMap<>();
    ScanCursor cursor = ScanCursor.INITIAL;
    do {
      ScoredValueScanCursor<byte[]> scanned =
          session
              .replies()
              .awaitBulk(
                  session
                      .commands()
                      .zscan(
                          RedisKeys.index(organizationId), cursor, ScanArgs.Builder.limit(CHUNK)),
                  deadline);
      List<String> keys =
          scanned.getValues().stream().map(entry -> new String(entry.getValue(), UTF_8)).toList();
      List<RedisFuture<Long>> lives = keys.stream().map(session.commands()::pttl).toList();
      for (int i = 0; i < keys.size(); i++) {
        found.put(keys.get(i), session.replies().awaitBulk(lives.get(i), deadline));
      }
      cursor = scanned;
    } while (!cursor.isFinished());
    List<CachedKeys.Item> items = new ArrayList<>();
    found.forEach(
        (key, life) -> {
          if (life > 0) {
            items.add(new CachedKeys.Item(key, life / 1000));
          }
        });
    return items;
  }
}

package io.voicerouting.cache.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandType;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.support.Deadline;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A read of a cache entry and its remaining TTL that was sent to Redis. Waiting throws {@link
 * CacheUnavailableException} when no reply came in time, and {@link RedisCommandExecutionException}
 * when Redis refused.
 */
public final class PendingRead {

  private static final String WRONG_TYPE = "WRONGTYPE";

  private final RedisReplies replies;
  private final AsyncCommand<String, byte[], byte[]> value;
  private final AsyncCommand<String, byte[], Long> ttl;

  private PendingRead(RedisConnection connection, String key) {
    this.replies = connection.replies();
    this.value =
        connection.command(CommandType.GET, new ValueOutput<>(connection.codec()), List.of(key));
    this.ttl =
        connection.command(CommandType.PTTL, new IntegerOutput<>(connection.codec()), List.of(key));
  }

  /** Sends reads of entries, all in one write. */
  public static List<PendingRead> send(RedisConnection connection, List<String> keys) {
    List<PendingRead> reads = keys.stream().map(key -> new PendingRead(connection, key)).toList();
    connection.send(reads.stream().flatMap(one -> Stream.of(one.value, one.ttl)).toList());
    return reads;
  }

  /** Sends the read of one entry. */
  public static PendingRead send(RedisConnection connection, String key) {
    return send(connection, List.of(key)).getFirst();
  }

  /** Returns the entry; null if there is none. */
  public @Nullable StoredValue await(Deadline deadline) {
    Long ttlMillis = replies.awaitAny(ttl, deadline); // the later of the two: one wait for both
    return storedValue(replies.awaitAny(value, deadline), ttlMillis);
  }

  /**
   * Returns the entry, waiting as {@link RedisReplies#awaitExtended} does; null if there is none.
   */
  public @Nullable StoredValue awaitExtended(Deadline deadline) {
    Long ttlMillis = replies.awaitExtended(ttl, deadline);
    return storedValue(replies.awaitExtended(value, deadline), ttlMillis);
  }

  private static @Nullable StoredValue storedValue(
      byte @Nullable [] bytes, @Nullable Long ttlMillis) {
    return bytes == null
        ? null
        : new StoredValue(bytes, ttlMillis == null ? 0 : Math.max(0, ttlMillis));
  }

  /** Whether a value could not be read because it is not a string, but for example a list. */
  public static boolean isWrongType(RedisCommandExecutionException refusal) {
    return String.valueOf(refusal.getMessage()).startsWith(WRONG_TYPE);
  }
}

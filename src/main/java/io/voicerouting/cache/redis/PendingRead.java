package io.voicerouting.cache.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandType;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.support.Deadline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A read of a cache entry that was sent to Redis, usually with its remaining TTL. Waiting throws
 * {@link CacheUnavailableException} when no reply came in time, and {@link
 * RedisCommandExecutionException} when Redis refused.
 */
public final class PendingRead {

  private static final String WRONG_TYPE = "WRONGTYPE";

  private final RedisReplies replies;
  private final AsyncCommand<String, byte[], byte[]> value;
  private final @Nullable AsyncCommand<String, byte[], Long> ttl; // null: not requested

  private PendingRead(RedisConnection connection, Request request) {
    List<String> key = List.of(request.key());
    this.replies = connection.replies();
    this.value = connection.command(CommandType.GET, new ValueOutput<>(connection.codec()), key);
    this.ttl =
        request.withTtl()
            ? connection.command(CommandType.PTTL, new IntegerOutput<>(connection.codec()), key)
            : null;
  }

  /**
   * What to read.
   *
   * @param withTtl whether the remaining TTL is read, too, by a second command
   */
  public record Request(String key, boolean withTtl) {}

  /** Sends reads of entries, all in one write. */
  public static List<PendingRead> send(RedisConnection connection, List<Request> requests) {
    List<PendingRead> reads = new ArrayList<>(requests.size());
    List<AsyncCommand<String, byte[], ?>> commands = new ArrayList<>(2 * requests.size());
    for (Request request : requests) {
      PendingRead read = new PendingRead(connection, request);
      reads.add(read);
      commands.add(read.value);
      if (read.ttl != null) {
        commands.add(read.ttl);
      }
    }
    connection.send(commands);
    return reads;
  }

  /** Sends the read of one entry with its TTL. */
  public static PendingRead send(RedisConnection connection, String key) {
    return send(connection, List.of(new Request(key, true))).getFirst();
  }

  /** Returns the entry; null if there is none. */
  public @Nullable StoredValue await(Deadline deadline) {
    // The later of the two replies first: one wait for both.
    Long ttlMillis = ttl == null ? null : replies.awaitAny(ttl, deadline);
    return storedValue(replies.awaitAny(value, deadline), ttlMillis);
  }

  /**
   * Returns the entry, waiting as {@link RedisReplies#awaitExtended} does; null if there is none.
   */
  public @Nullable StoredValue awaitExtended(Deadline deadline) {
    Long ttlMillis = ttl == null ? null : replies.awaitExtended(ttl, deadline);
    return storedValue(replies.awaitExtended(value, deadline), ttlMillis);
  }

  private @Nullable StoredValue storedValue(byte @Nullable [] bytes, @Nullable Long ttlMillis) {
    if (bytes == null) {
      return null;
    }
    return ttl == null
        ? StoredValue.withoutTtl(bytes)
        : new StoredValue(bytes, ttlMillis == null ? 0 : Math.max(0, ttlMillis));
  }

  /** Whether a value could not be read because it is not a string, but for example a list. */
  public static boolean isWrongType(RedisCommandExecutionException refusal) {
    return String.valueOf(refusal.getMessage()).startsWith(WRONG_TYPE);
  }
}

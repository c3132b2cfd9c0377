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
 * A copy and its remaining life that Redis has been asked for. Waiting throws {@link
 * CacheUnavailableException} when no reply came in time, and {@link RedisCommandExecutionException}
 * when Redis refused.
 */
public final class PendingRead {

  private static final String WRONG_TYPE = "WRONGTYPE";

  private final RedisReplies replies;
  private final AsyncCommand<String, byte[], byte[]> value;
  private final AsyncCommand<String, byte[], Long> ttl;

  private PendingRead(RedisConnection session, String key) {
    this.replies = session.replies();
    this.value = session.command(CommandType.GET, new ValueOutput<>(session.codec()), List.of(key));
    this.ttl =
        session.command(CommandType.PTTL, new IntegerOutput<>(session.codec()), List.of(key));
  }

  /** Asks for copies, all in one write. */
  public static List<PendingRead> send(RedisConnection session, List<String> keys) {
    List<PendingRead> requests = keys.stream().map(key -> new PendingRead(session, key)).toList();
    session.send(requests.stream().flatMap(one -> Stream.of(one.value, one.ttl)).toList());
    return requests;
  }

  /** Asks for one copy. */
  public static PendingRead send(RedisConnection session, String key) {
    return send(session, List.of(key)).getFirst();
  }

  /** What came; null when there is nothing under that key. */
  public @Nullable StoredValue await(Deadline deadline) {
    Long life = replies.awaitAny(ttl, deadline); // the later of the two: one wait for both
    return copy(replies.awaitAny(value, deadline), life);
  }

  /** The same, as {@link RedisReplies#awaitPatiently} waits. */
  public @Nullable StoredValue awaitPatiently(Deadline deadline) {
    Long life = replies.awaitPatiently(ttl, deadline);
    return copy(replies.awaitPatiently(value, deadline), life);
  }

  private static @Nullable StoredValue copy(byte @Nullable [] bytes, @Nullable Long ttlMillis) {
    return bytes == null
        ? null
        : new StoredValue(bytes, ttlMillis == null ? 0 : Math.max(0, ttlMillis));
  }

  /** Whether a value could not be read because it is no string, but a list, say. */
  public static boolean isNoString(RedisCommandExecutionException refusal) {
    return String.valueOf(refusal.getMessage()).startsWith(WRONG_TYPE);
  }
}

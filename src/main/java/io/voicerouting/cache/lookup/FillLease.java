package io.voicerouting.cache.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.redis.Scripts;
import io.voicerouting.cache.support.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * One attempt to get the lease of a key, and to store a document with it. Every attempt has an
 * owner of its own. If a step fails, the lease is released, because it would keep others from
 * filling the key; a command that got no reply may still be granted it.
 */
public final class FillLease {

  private static final String PROCESS = UUID.randomUUID().toString();
  private static final AtomicLong ATTEMPTS = new AtomicLong();

  private final RedisConnection connection;
  private final CacheKey key;
  private final byte[] owner = (PROCESS + ":" + ATTEMPTS.incrementAndGet()).getBytes(UTF_8);

  public FillLease(RedisConnection connection, CacheKey key) {
    this.connection = connection;
    this.key = key;
  }

  /** Result of a request for the lease. */
  sealed interface Admission {
    /** Another process has stored the document meanwhile. */
    record Present(StoredValue stored) implements Admission {}

    /** The lease was granted. */
    record Granted() implements Admission {}

    /** Another process has the lease. */
    record Denied() implements Admission {}
  }

  /**
   * Pending entry of a key in its organization's index, and of the index in the list of indexes.
   */
  public record Indexing(CompletionStage<byte[]> score, CompletionStage<byte[]> registered) {}

  /** Enters a key in its organization's index; {@link #awaitIndexed} waits until it is there. */
  public static Indexing enterInIndex(
      RedisConnection connection, CacheKey key, Duration longestLife) {
    byte[] organization = number(key.organizationId());
    byte[] life = number(longestLife.toMillis());
    return new Indexing(
        connection.script(
            Scripts.INDEX,
            ScriptOutputType.VALUE,
            new String[] {RedisKeys.index(key.organizationId())},
            key.redisKey().getBytes(UTF_8),
            life),
        connection.script(
            Scripts.INDEX,
            ScriptOutputType.VALUE,
            new String[] {RedisKeys.INDEXES},
            organization,
            life));
  }

  /** Requests the lease. */
  public Admission acquire(Duration life, Deadline deadline) {
    return orRelease(
        () -> {
          CompletionStage<List<Object>> reply =
              connection.script(
                  Scripts.ACQUIRE, ScriptOutputType.MULTI, keys(), owner, number(life.toMillis()));
          return admission(connection.replies().await(reply, deadline));
        });
  }

  private static Admission admission(List<Object> reply) {
    Object first = reply.getFirst();
    if (first instanceof byte[] value) {
      return new Admission.Present(new StoredValue(value, Math.max(0, (Long) reply.get(1))));
    }
    return (Long) first == 1 ? new Admission.Granted() : new Admission.Denied();
  }

  /**
   * Waits until the key is in its index.
   *
   * @return the score, a Redis time in milliseconds that no entry of the key may outlive
   */
  public long awaitIndexed(Indexing indexing, Deadline deadline) {
    return orRelease(
        () -> {
          connection.replies().await(indexing.registered(), deadline);
          return Long.parseLong(
              new String(connection.replies().await(indexing.score(), deadline), UTF_8));
        });
  }

  /** Stores the document and ends the lease; returns false if the lease was gone. */
  boolean fill(byte[] document, Duration ttl, long latestExpiry, Deadline deadline) {
    return orRelease(
        () -> {
          CompletionStage<Long> reply =
              connection.script(
                  Scripts.FILL,
                  ScriptOutputType.INTEGER,
                  keys(),
                  owner,
                  document,
                  number(ttl.toMillis()),
                  number(latestExpiry));
          return connection.replies().await(reply, deadline) == 1;
        });
  }

  /** Runs one step. If it throws, the lease is released and the exception is rethrown. */
  <T> T orRelease(Supplier<T> step) {
    try {
      return step.get();
    } catch (RuntimeException e) {
      release();
      throw e;
    }
  }

  /** Releases the lease, without waiting for the reply: the lease has a TTL. */
  public void release() {
    CompletionStage<Long> unused =
        connection.script(
            Scripts.RELEASE,
            ScriptOutputType.INTEGER,
            new String[] {RedisKeys.lease(key.redisKey())},
            owner);
  }

  private String[] keys() {
    return new String[] {key.redisKey(), RedisKeys.lease(key.redisKey())};
  }

  private static byte[] number(long number) {
    return Long.toString(number).getBytes(UTF_8);
  }
}

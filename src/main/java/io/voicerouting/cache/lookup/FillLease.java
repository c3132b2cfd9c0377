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
 * One attempt to have the lease of a key, and what may be done with it. Every attempt has an owner
 * of its own. Whatever fails on the way, nobody will fill any more, so the lease is given up: one
 * that was granted, or is yet to be, would keep others from it.
 */
public final class FillLease {

  private static final String PROCESS = UUID.randomUUID().toString();
  private static final AtomicLong ATTEMPTS = new AtomicLong();

  private final RedisConnection session;
  private final CacheKey key;
  private final byte[] owner = (PROCESS + ":" + ATTEMPTS.incrementAndGet()).getBytes(UTF_8);

  public FillLease(RedisConnection session, CacheKey key) {
    this.session = session;
    this.key = key;
  }

  /** What came of asking for a lease. */
  sealed interface Admission {
    /** Somebody has stored the document meanwhile. */
    record Present(StoredValue stored) implements Admission {}

    /** The lease is the asker's. */
    record Granted() implements Admission {}

    /** Somebody else has the lease. */
    record Denied() implements Admission {}
  }

  /** A key on its way into its organization's index, and that into the index of indexes. */
  public record Indexing(CompletionStage<byte[]> score, CompletionStage<byte[]> registered) {}

  /** Enters a key in its organization's index; {@link #awaitIndexed} says when it is there. */
  public static Indexing enterInIndex(RedisConnection session, CacheKey key, Duration longestLife) {
    byte[] organization = number(key.organizationId());
    byte[] life = number(longestLife.toMillis());
    return new Indexing(
        session.script(
            Scripts.INDEX,
            ScriptOutputType.VALUE,
            new String[] {RedisKeys.index(key.organizationId())},
            key.redisKey().getBytes(UTF_8),
            life),
        session.script(
            Scripts.INDEX,
            ScriptOutputType.VALUE,
            new String[] {RedisKeys.INDEXES},
            organization,
            life));
  }

  /** Asks for the lease. */
  public Admission acquire(Duration life, Deadline deadline) {
    return orRelease(
        () -> {
          CompletionStage<List<Object>> reply =
              session.script(
                  Scripts.ACQUIRE, ScriptOutputType.MULTI, keys(), owner, number(life.toMillis()));
          return admission(session.replies().await(reply, deadline));
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
   * @return the score, a Redis time in milliseconds that no copy of the key may outlive
   */
  public long awaitIndexed(Indexing indexing, Deadline deadline) {
    return orRelease(
        () -> {
          session.replies().await(indexing.registered(), deadline);
          return Long.parseLong(
              new String(session.replies().await(indexing.score(), deadline), UTF_8));
        });
  }

  /** Stores the document and ends the lease; whether it was stored, else the lease had gone. */
  boolean fill(byte[] document, Duration ttl, long latestExpiry, Deadline deadline) {
    return orRelease(
        () -> {
          CompletionStage<Long> reply =
              session.script(
                  Scripts.FILL,
                  ScriptOutputType.INTEGER,
                  keys(),
                  owner,
                  document,
                  number(ttl.toMillis()),
                  number(latestExpiry));
          return session.replies().await(reply, deadline) == 1;
        });
  }

  /** Does something on the way; if that fails, at whatever, the lease is given up, and it fails. */
  <T> T orRelease(Supplier<T> part) {
    try {
      return part.get();
    } catch (RuntimeException e) {
      release();
      throw e;
    }
  }

  /** Gives the lease up, and does not wait for the reply: it would end by itself, too. */
  public void release() {
    CompletionStage<Long> unused =
        session.script(
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

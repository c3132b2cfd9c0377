package io.voicerouting.cache.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.redis.CommandSender;
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
import org.jspecify.annotations.Nullable;

/**
 * One attempt to get the lease of a key, and to store a document with it. Every attempt has an
 * owner of its own. If a step fails, the lease is released, because it would keep others from
 * filling the key. That includes a request without a reply, which Redis may still grant.
 */
public final class FillLease {

  private static final String PROCESS = UUID.randomUUID().toString();
  private static final AtomicLong ATTEMPTS = new AtomicLong();
  private static final byte[] NOTHING = {};
  private static final long REFUSED = -1; // as in Scripts.ACQUIRE

  private final RedisConnection connection;
  private final CacheKey key;
  private final CommandSender sender;
  private final IndexConnections indexes;
  private final byte[] owner = (PROCESS + ":" + ATTEMPTS.incrementAndGet()).getBytes(UTF_8);

  public FillLease(RedisConnection connection, CacheKey key) {
    this(connection, key, RedisConnection.DIRECT, index -> connection);
  }

  /** Creates an attempt whose requests are sent only while the lookup's connection is trusted. */
  FillLease(RedisLookup<?> lookup) {
    this(lookup.connection(), lookup.key(), lookup.sender(), lookup.nodes()::connection);
  }

  private FillLease(
      RedisConnection connection, CacheKey key, CommandSender sender, IndexConnections indexes) {
    this.connection = connection;
    this.key = key;
    this.sender = sender;
    this.indexes = indexes;
  }

  /** Finds the connection for an index, which may be on another primary; null if there is none. */
  private interface IndexConnections {
    @Nullable RedisConnection connection(String index);
  }

  /** Redis answered, but refused to store the lease, for lack of memory for example. */
  static final class RefusedException extends RedisCommandExecutionException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  sealed interface Admission {
    /** Another process has stored the document meanwhile. */
    record Present(StoredValue stored) implements Admission {}

    /** The lease was granted. */
    record Granted() implements Admission {}

    /** Another process has the lease. */
    record Denied() implements Admission {}
  }

  /**
   * Requests the lease.
   *
   * @param voided a document that counts as absent; null for none
   * @throws RefusedException if Redis refused to store the lease
   */
  public Admission acquire(Duration ttl, byte @Nullable [] voided, Deadline deadline) {
    return orRelease(
        () -> {
          CompletionStage<List<Object>> reply =
              connection.script(
                  sender,
                  Scripts.ACQUIRE,
                  ScriptOutputType.MULTI,
                  keys(),
                  owner,
                  number(ttl.toMillis()),
                  voided == null ? NOTHING : voided);
          return admission(connection.replies().await(reply, deadline));
        });
  }

  private static Admission admission(List<Object> reply) {
    Object first = reply.getFirst();
    if (first instanceof byte[] value) {
      return new Admission.Present(new StoredValue(value, Math.max(0, (Long) reply.get(1))));
    }
    if ((Long) first == REFUSED) {
      throw new RefusedException(new String((byte[]) reply.get(1), UTF_8));
    }
    return (Long) first == 1 ? new Admission.Granted() : new Admission.Denied();
  }

  /**
   * Stores the document and ends the lease. The key is also entered in the indexes of its
   * organization and of the document's owner, without waiting: an index is used only to list keys
   * and to free memory.
   *
   * @param organization that the document belongs to
   * @return whether it was stored; false if the lease was gone
   */
  public boolean fill(byte[] document, long organization, Duration ttl, Deadline deadline) {
    return orRelease(
        () -> {
          byte[] ttlMillis = number(ttl.toMillis());
          enterInIndexes(key.organizationId(), ttlMillis);
          if (organization != key.organizationId()) {
            enterInIndexes(organization, ttlMillis);
          }
          CompletionStage<Long> reply =
              connection.script(
                  sender,
                  Scripts.FILL,
                  ScriptOutputType.INTEGER,
                  keys(),
                  owner,
                  document,
                  ttlMillis);
          return connection.replies().await(reply, deadline) == 1;
        });
  }

  private void enterInIndexes(long organizationId, byte[] ttlMillis) {
    enterInIndex(RedisKeys.index(organizationId), key.redisKey().getBytes(UTF_8), ttlMillis);
    enterInIndex(RedisKeys.INDEXES, number(organizationId), ttlMillis);
  }

  private void enterInIndex(String index, byte[] member, byte[] ttlMillis) {
    RedisConnection home = indexes.connection(index);
    if (home != null) {
      CompletionStage<byte[]> unused =
          home.script(
              Scripts.INDEX, ScriptOutputType.VALUE, new String[] {index}, member, ttlMillis);
    }
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

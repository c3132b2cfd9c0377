package io.voicerouting.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis for as long as it lasts: it never reconnects and never sends anything
 * twice. Methods await the reply, but for those that only ask.
 *
 * <p>All methods throw {@link CacheUnavailableException} when no reply came in time, and {@link
 * RedisCommandExecutionException} when Redis refused the command.
 */
final class RedisSession implements AutoCloseable {

  private static final String RUN_ID = "run_id:";
  private static final String WRONG_TYPE = "WRONGTYPE";

  private final StatefulRedisConnection<String, byte[]> connection;
  private final RedisAsyncCommands<String, byte[]> commands;
  private final RedisReplies replies;
  private volatile @Nullable String runId;

  /**
   * Takes a connection over.
   *
   * @param replies waits for what Redis answers on it
   */
  RedisSession(StatefulRedisConnection<String, byte[]> connection, RedisReplies replies) {
    this.connection = connection;
    this.commands = connection.async();
    this.replies = replies;
  }

  /**
   * A stored document.
   *
   * @param bytes as they stand in Redis
   * @param ttlMillis remaining life in milliseconds
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier between two methods, never compared
  record Copy(byte[] bytes, long ttlMillis) {}

  /** What came of asking for a lease. */
  sealed interface Admission {
    /** Somebody has stored the document meanwhile. */
    record Present(Copy copy) implements Admission {}

    /** The lease is the asker's. */
    record Granted() implements Admission {}

    /** Somebody else has the lease. */
    record Denied() implements Admission {}
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  /** A value and its remaining life that have been asked for. */
  record Asked(
      AsyncCommand<String, byte[], byte[]> value, AsyncCommand<String, byte[], Long> ttl) {}

  /** Asks for values, all in one write; {@link #await(Asked, Deadline)} says what came. */
  List<Asked> ask(List<String> keys) {
    List<Asked> asked = keys.stream().map(this::asked).toList();
    connection.dispatch(asked.stream().flatMap(one -> Stream.of(one.value(), one.ttl())).toList());
    return asked;
  }

  private Asked asked(String key) {
    RedisCodec<String, byte[]> codec = connection.getCodec();
    return new Asked(
        new AsyncCommand<>(
            new Command<>(CommandType.GET, new ValueOutput<>(codec), arguments(key))),
        new AsyncCommand<>(
            new Command<>(CommandType.PTTL, new IntegerOutput<>(codec), arguments(key))));
  }

  /** What was asked for; null when there is nothing under that key. */
  @Nullable Copy await(Asked asked, Deadline deadline) {
    return copy(replies.awaitAny(asked.value(), deadline), replies.awaitAny(asked.ttl(), deadline));
  }

  /** The same, as {@link RedisReplies#awaitPatiently} waits. */
  @Nullable Copy awaitPatiently(Asked asked, Deadline deadline) {
    return copy(
        replies.awaitPatiently(asked.value(), deadline),
        replies.awaitPatiently(asked.ttl(), deadline));
  }

  private static @Nullable Copy copy(byte @Nullable [] bytes, @Nullable Long ttlMillis) {
    return bytes == null ? null : new Copy(bytes, ttlMillis == null ? 0 : Math.max(0, ttlMillis));
  }

  @Nullable Copy get(String key, Deadline deadline) {
    return await(ask(List.of(key)).getFirst(), deadline);
  }

  /** Whether a value could not be read because it is no string, but a list, say. */
  static boolean isNoString(RedisCommandExecutionException refusal) {
    return String.valueOf(refusal.getMessage()).startsWith(WRONG_TYPE);
  }

  private CommandArgs<String, byte[]> arguments(String key) {
    return new CommandArgs<>(connection.getCodec()).addKey(key);
  }

  /** A key on its way into its organization's index, and that into the index of indexes. */
  record Indexing(CompletionStage<byte[]> score, CompletionStage<byte[]> registered) {}

  /** Enters a key in its organization's index; {@link #awaitIndexed} says when it is there. */
  Indexing enterInIndex(CacheKey key, Duration longestLife) {
    String organization = Long.toString(key.organizationId());
    byte[] life = bytes(longestLife.toMillis());
    return new Indexing(
        script(
            Scripts.INDEX,
            ScriptOutputType.VALUE,
            new String[] {RedisKeys.index(key.organizationId())},
            key.redisKey().getBytes(UTF_8),
            life),
        script(
            Scripts.INDEX,
            ScriptOutputType.VALUE,
            new String[] {RedisKeys.INDEXES},
            organization.getBytes(UTF_8),
            life));
  }

  /**
   * Waits until a key is in its index.
   *
   * @return the score, a Redis time in milliseconds that no copy of the key may outlive
   */
  long awaitIndexed(Indexing indexing, Deadline deadline) {
    replies.await(indexing.registered(), deadline);
    return Long.parseLong(new String(replies.await(indexing.score(), deadline), UTF_8));
  }

  Admission acquire(String key, String owner, Duration leaseTtl, Deadline deadline) {
    List<Object> reply =
        replies.await(
            this.<List<Object>>script(
                Scripts.ACQUIRE,
                ScriptOutputType.MULTI,
                new String[] {key, RedisKeys.lease(key)},
                owner.getBytes(UTF_8),
                bytes(leaseTtl.toMillis())),
            deadline);
    Object first = reply.getFirst();
    if (first instanceof byte[] value) {
      return new Admission.Present(new Copy(value, Math.max(0, (Long) reply.get(1))));
    }
    return (Long) first == 1 ? new Admission.Granted() : new Admission.Denied();
  }

  /** Whether the document was stored; it is not when the lease has gone. */
  boolean fill(
      String key, String owner, byte[] value, Duration ttl, long latestExpiry, Deadline deadline) {
    Long reply =
        replies.await(
            this.<Long>script(
                Scripts.FILL,
                ScriptOutputType.INTEGER,
                new String[] {key, RedisKeys.lease(key)},
                owner.getBytes(UTF_8),
                value,
                bytes(ttl.toMillis()),
                bytes(latestExpiry)),
            deadline);
    return reply == 1;
  }

  /** Gives a lease up, and does not wait for the reply: it would end by itself, too. */
  void release(String key, String owner) {
    var unused =
        this.<Long>script(
            Scripts.RELEASE,
            ScriptOutputType.INTEGER,
            new String[] {RedisKeys.lease(key)},
            owner.getBytes(UTF_8));
  }

  /**
   * Removes documents together with their leases, so that a late fill of an old row finds none.
   * Plain commands: Redis may refuse scripts when its memory is full.
   *
   * @return how many keys had a document (or, rarely, only a lease)
   */
  long evict(List<String> keys, Deadline deadline, CacheMeters meters) {
    List<AsyncCommand<String, byte[], Long>> deletes = keys.stream().map(this::delete).toList();
    connection.dispatch(deletes); // written together: one flush for all
    long removed = 0;
    for (int i = 0; i < keys.size(); i++) {
      long one = Math.min(1, replies.awaitBulk(deletes.get(i), deadline));
      meters.evicted(CacheKey.resourceOf(keys.get(i)), one);
      removed += one;
    }
    return removed;
  }

  private AsyncCommand<String, byte[], Long> delete(String key) {
    return new AsyncCommand<>(
        new Command<>(
            CommandType.DEL,
            new IntegerOutput<>(connection.getCodec()),
            arguments(key).addKey(RedisKeys.lease(key))));
  }

  /** Removes one document together with its lease; whether there was a document. */
  boolean evictOne(String key, Deadline deadline) {
    CompletionStage<Long> existed = commands.exists(key);
    CompletionStage<Long> removed = commands.del(key, RedisKeys.lease(key));
    replies.await(removed, deadline);
    return replies.await(existed, deadline) == 1;
  }

  /** Tells one run of a server from every other. */
  String runId(Deadline deadline) {
    String known = runId;
    if (known == null) {
      String info = replies.awaitBulk(commands.info("server"), deadline);
      known =
          info.lines()
              .filter(line -> line.startsWith(RUN_ID))
              .findFirst()
              .map(line -> line.substring(RUN_ID.length()))
              .orElseThrow(() -> new CacheUnavailableException("Redis does not say its run_id"));
      runId = known;
    }
    return known;
  }

  void ping(Deadline deadline) {
    replies.await(commands.ping(), deadline);
  }

  /**
   * Listens on the connection's own thread, in the order in which things come.
   *
   * @param told called with what Redis says without having been asked
   * @param ended called when the connection has ended
   */
  void listen(PushListener told, Runnable ended) {
    connection.addListener(told);
    connection.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> channel) {
            ended.run();
          }
        });
  }

  /** Commands for reading that is no lookup; give what they return to {@link #replies()}. */
  RedisAsyncCommands<String, byte[]> commands() {
    return commands;
  }

  /** Waits for replies on this connection. */
  RedisReplies replies() {
    return replies;
  }

  private <T> CompletionStage<T> script(
      String script, ScriptOutputType type, String[] keys, byte[]... args) {
    Supplier<CompletionStage<T>> whole = () -> commands.eval(script, type, keys, args);
    return commands
        .<T>evalsha(commands.digest(script), type, keys, args)
        .exceptionallyCompose(
            failure ->
                failure instanceof RedisNoScriptException
                    ? whole.get()
                    : CompletableFuture.failedStage(failure));
  }

  private static byte[] bytes(long number) {
    return Long.toString(number).getBytes(UTF_8);
  }

  @Override
  public void close() {
    var unused = connection.closeAsync(); // nobody waits for a connection that is given up
  }
}

package io.voicerouting.cache.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.support.Deadline;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis. It never reconnects and never sends a command twice. {@link PendingRead}
 * reads cache entries on it, {@code FillLease} stores them, {@link KeyEviction} removes them.
 *
 * <p>Methods that await a reply throw {@link CacheUnavailableException} when no reply came in time,
 * and {@link RedisCommandExecutionException} when Redis refused the command.
 */
public final class RedisConnection implements AutoCloseable {

  /** Sends every command, without a condition. */
  public static final CommandSender DIRECT =
      new CommandSender() {
        @Override
        public <T> T send(Supplier<T> command) {
          return command.get();
        }
      };

  private final RedisServer server;
  private final StatefulRedisConnection<String, byte[]> connection;
  private final RedisAsyncCommands<String, byte[]> commands;
  private final RedisReplies replies;
  private final Function<String, RedisConnection> redirects;
  private volatile @Nullable String reign; // null: not read yet

  /**
   * Creates a connection that owns the one of Lettuce.
   *
   * @param server that it was opened to
   * @param replies waits for the replies
   * @param redirects opens a connection to another server of the same Redis Cluster, given its
   *     {@code host:port}; the host may be missing
   */
  RedisConnection(
      RedisServer server,
      StatefulRedisConnection<String, byte[]> connection,
      RedisReplies replies,
      Function<String, RedisConnection> redirects) {
    this.server = server;
    this.connection = connection;
    this.commands = connection.async();
    this.replies = replies;
    this.redirects = redirects;
  }

  /** Returns the server that the connection was opened to. */
  RedisServer server() {
    return server;
  }

  /** Returns the {@code host:port} of that server. */
  public String address() {
    return server.address();
  }

  public boolean isOpen() {
    return connection.isOpen();
  }

  /**
   * Whether there was once, or is now, no successful reply for over {@link Trust#SPAN}: this
   * process or the server was paused, and the server may have been replaced meanwhile.
   */
  public boolean wasSilent() {
    return replies.wasSilent();
  }

  /** Begins to watch for silence: called when the connection is adopted. */
  void watchForSilence() {
    replies.watchForSilence();
  }

  /** Returns the fields of a section of {@code INFO}. */
  Map<String, String> info(String section, Deadline deadline) {
    return Reign.fields(replies.awaitBulk(commands.info(section), deadline));
  }

  /**
   * Returns the reign of the server: the replication id that it took when it became primary. The
   * first call reads it from the server; later calls return the same reign.
   *
   * @throws CacheUnavailableException if the server is not a primary
   */
  public String reign(Deadline deadline) {
    String known = reign;
    if (known == null) {
      known = Reign.of(replies.awaitBulk(commands.info("replication"), deadline));
      reign = known;
    }
    return known;
  }

  /**
   * Checks that the server is still the primary it was when {@link #reign} was first called.
   *
   * @throws ReignEndedException if it is a replica now, or became a primary again
   */
  public void confirmReign(Deadline deadline) {
    String expected = reign(deadline);
    String current;
    try {
      current = Reign.of(replies.await(commands.info("replication"), deadline));
    } catch (Reign.NotPrimaryException demoted) {
      throw new ReignEndedException("Redis is a replica since this connection opened");
    }
    if (!current.equals(expected)) {
      throw new ReignEndedException("Redis became a primary again since this connection opened");
    }
  }

  /**
   * Adds listeners. They are called on the connection's own thread, in the order of the messages.
   *
   * @param listener called with each push message
   * @param onEnd called when the connection has ended
   */
  public void listen(PushListener listener, Runnable onEnd) {
    connection.addListener(listener);
    connection.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> channel) {
            onEnd.run();
          }
        });
  }

  /**
   * Returns the commands for reads other than lookups; await their results with {@link #replies()}.
   */
  public RedisAsyncCommands<String, byte[]> commands() {
    return commands;
  }

  /** Returns what waits for replies on this connection. */
  public RedisReplies replies() {
    return replies;
  }

  /**
   * Opens a connection to the server that an error of Redis Cluster names; the caller closes it.
   *
   * @throws CacheUnavailableException if the server does not accept it
   */
  RedisConnection openTo(String target) {
    return redirects.apply(target);
  }

  RedisCodec<String, byte[]> codec() {
    return connection.getCodec();
  }

  /** Creates a command; {@link #send} sends it. */
  <T> AsyncCommand<String, byte[], T> command(
      CommandType type, CommandOutput<String, byte[], T> output, List<String> keys) {
    CommandArgs<String, byte[]> arguments = new CommandArgs<>(codec());
    return new AsyncCommand<>(new Command<>(type, output, arguments.addKeys(keys)));
  }

  /** Sends commands, all in one write. */
  void send(List<? extends RedisCommand<String, byte[], ?>> pending) {
    connection.dispatch(pending);
  }

  /** Whether Redis runs scripts and finds them by their digest. */
  boolean mayRunScripts(Deadline deadline) {
    String script = "return 1";
    String[] keys = {};
    try {
      replies.awaitBulk(commands.eval(script, ScriptOutputType.INTEGER, keys), deadline);
      replies.awaitBulk(
          commands.evalsha(commands.digest(script), ScriptOutputType.INTEGER, keys), deadline);
      return true;
    } catch (RedisCommandExecutionException refusal) {
      return false;
    }
  }

  /** Runs a script, by its digest if Redis has it. */
  public <T> CompletionStage<T> script(
      String script, ScriptOutputType type, String[] keys, byte[]... args) {
    return script(DIRECT, script, type, keys, args);
  }

  /**
   * Runs a script, by its digest if Redis has it.
   *
   * @param sender sends the digest, and the whole script if Redis does not have it
   */
  public <T> CompletionStage<T> script(
      CommandSender sender, String script, ScriptOutputType type, String[] keys, byte[]... args) {
    String digest = commands.digest(script);
    Supplier<CompletionStage<T>> whole =
        () -> sender.send(() -> commands.eval(script, type, keys, args));
    return sender
        .<CompletionStage<T>>send(() -> commands.evalsha(digest, type, keys, args))
        .exceptionallyCompose(
            failure ->
                failure instanceof RedisNoScriptException
                    ? whole.get()
                    : CompletableFuture.failedStage(failure));
  }

  @Override
  public void close() {
    var unused = connection.closeAsync(); // the end need not be awaited
  }
}

package io.voicerouting.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the connection that is in use. Only the relay opens a new one, and adopts it after a full
 * pass.
 */
public final class ConnectionHolder implements AutoCloseable {

  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(new StringCodec(UTF_8), ByteArrayCodec.INSTANCE);

  private final PrimaryLocator locator;
  private final Duration commandTimeout;
  private final Trust trust;
  private final NanoClock clock;
  private volatile @Nullable RedisConnection adopted;
  private volatile @Nullable RedisServer lastPrimary; // null: none yet

  public ConnectionHolder(
      PrimaryLocator locator, Duration commandTimeout, Trust trust, NanoClock clock) {
    this.locator = locator;
    this.commandTimeout = commandTimeout;
    this.trust = trust;
    this.clock = clock;
  }

  /** Returns the adopted connection; null if there is none or it is closed. */
  public @Nullable RedisConnection connection() {
    RedisConnection current = adopted;
    return current != null && current.isOpen() ? current : null;
  }

  /**
   * Returns the adopted connection.
   *
   * @throws CacheUnavailableException when there is none
   */
  public RedisConnection requireConnection() {
    RedisConnection current = connection();
    if (current == null) {
      throw new CacheUnavailableException("There is no connection to Redis");
    }
    return current;
  }

  /**
   * Opens a connection to a primary, which is not used until it is adopted.
   *
   * @throws CacheUnavailableException when no server accepts it or none is a primary
   */
  public RedisConnection open() {
    return open(trust::suspect);
  }

  /**
   * Opens a connection on which Redis sends invalidations; lookups never use it.
   *
   * @throws CacheUnavailableException when no server accepts it or none is a primary
   */
  public RedisConnection openForTracking() {
    return open(() -> {});
  }

  private RedisConnection open(Runnable onTimeout) {
    List<RedisServer> candidates = locator.candidates(lastPrimary);
    CacheUnavailableException failure =
        new CacheUnavailableException("No address of a Redis primary is known", locator.failure());
    for (RedisServer server : candidates) {
      try {
        RedisConnection connection = open(server, onTimeout);
        lastPrimary = server;
        return connection;
      } catch (CacheUnavailableException e) {
        failure = e;
      } catch (RedisException e) {
        failure = new CacheUnavailableException("Redis refused INFO replication", e);
      }
    }
    locator.reportChange();
    throw failure;
  }

  /**
   * Opens a connection to this server; lookups never use it.
   *
   * @throws CacheUnavailableException if the server does not accept it or is not a primary
   */
  RedisConnection openTo(RedisServer server) {
    return open(server, () -> {});
  }

  private RedisConnection open(RedisServer server, Runnable onTimeout) {
    RedisConnection connection = connect(server, onTimeout);
    try {
      connection.reign(Deadline.after(Trust.SPAN, clock)); // refuses a replica
      return connection;
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private RedisConnection connect(RedisServer server, Runnable onTimeout) {
    try {
      StatefulRedisConnection<String, byte[]> connection = server.connect(CODEC);
      RedisReplies replies =
          new RedisReplies(
              clock,
              commandTimeout,
              Trust.SPAN,
              onTimeout,
              refusal -> refused(refusal, connection));
      return new RedisConnection(server, connection, replies, target -> redirect(server, target));
    } catch (RedisException e) {
      throw new CacheUnavailableException("Redis did not accept a connection", e);
    }
  }

  /** Opens a connection to the server that a redirection names. */
  private RedisConnection redirect(RedisServer from, String target) {
    return connect(from.at(target), () -> {});
  }

  private void refused(
      RedisCommandExecutionException refusal, StatefulRedisConnection<String, byte[]> connection) {
    Redirection.Kind redirection = Redirection.kind(refusal);
    if (redirection != null) {
      locator.recordRedirection(redirection);
    }
    boolean demoted = refusal instanceof RedisReadOnlyException;
    if (demoted) {
      closeAsync(connection);
    }
    if (demoted || redirection == Redirection.Kind.MOVED) {
      locator.reportChange();
    }
  }

  private static void closeAsync(StatefulRedisConnection<String, byte[]> connection) {
    var unused = connection.closeAsync(); // the end need not be awaited
  }

  /** Puts a connection into use and closes the previous one. */
  public void adopt(RedisConnection next) {
    RedisConnection previous = adopted;
    next.watchForSilence();
    adopted = next;
    if (previous != null) {
      previous.close();
    }
  }

  /** Closes the connection in use; there is none until the next one is adopted. */
  @Override
  public void close() {
    RedisConnection current = adopted;
    adopted = null;
    if (current != null) {
      current.close();
    }
  }
}

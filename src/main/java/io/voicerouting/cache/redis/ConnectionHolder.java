package io.voicerouting.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds the session in use. A new one is opened by the relay alone, and becomes the one in use only
 * when the relay adopts it after a full pass.
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

  /** The adopted session while its connection stands, else null. */
  public @Nullable RedisConnection connection() {
    RedisConnection current = adopted;
    return current != null && current.isOpen() ? current : null;
  }

  /**
   * The adopted session.
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
   * Opens a connection to a primary, which nobody uses until it is adopted.
   *
   * @throws CacheUnavailableException when no server accepts it or none is a primary
   */
  public RedisConnection open() {
    return open(trust::suspect);
  }

  /**
   * Opens a connection on which Redis tells what changes; lookups never use it.
   *
   * @throws CacheUnavailableException when no server accepts it or none is a primary
   */
  public RedisConnection openForTracking() {
    return open(() -> {});
  }

  private RedisConnection open(Runnable onTimeout) {
    CacheUnavailableException failure =
        new CacheUnavailableException("No address of a Redis primary is known");
    for (RedisServer server : locator.candidates(lastPrimary)) {
      try {
        RedisConnection connection = open(server, onTimeout);
        lastPrimary = server;
        return connection;
      } catch (CacheUnavailableException e) {
        failure = e;
      } catch (RedisException e) {
        failure = new CacheUnavailableException("Redis refused to say what it is", e);
      }
    }
    throw failure;
  }

  /**
   * Opens a connection to this server alone; lookups never use it.
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
              clock, commandTimeout, Trust.SPAN, onTimeout, () -> closeAsync(connection));
      return new RedisConnection(server, connection, replies);
    } catch (RedisException e) {
      throw new CacheUnavailableException("Redis did not accept a connection", e);
    }
  }

  private static void closeAsync(StatefulRedisConnection<String, byte[]> connection) {
    var unused = connection.closeAsync(); // nobody waits for it
  }

  /** Makes a session the one in use; the one before is closed. */
  public void adopt(RedisConnection next) {
    RedisConnection previous = adopted;
    next.watchForSilence();
    adopted = next;
    if (previous != null) {
      previous.close();
    }
  }

  /** Closes the session in use; there is none until the next is adopted. */
  @Override
  public void close() {
    RedisConnection current = adopted;
    adopted = null;
    if (current != null) {
      current.close();
    }
  }
}

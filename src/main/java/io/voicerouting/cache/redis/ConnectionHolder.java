package io.voicerouting.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.voicerouting.cache.CacheUnavailableException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the session in use. A new one is opened by the relay alone, and becomes the one in use only
 * when the relay adopts it after a full pass.
 */
public final class ConnectionHolder implements AutoCloseable {

  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(new StringCodec(UTF_8), ByteArrayCodec.INSTANCE);

  private final Supplier<RedisClient> client;
  private final Duration commandTimeout;
  private final Trust trust;
  private final LongSupplier nanoTime;
  private volatile @Nullable RedisConnection session;

  public ConnectionHolder(
      Supplier<RedisClient> client, Duration commandTimeout, Trust trust, LongSupplier nanoTime) {
    this.client = client;
    this.commandTimeout = commandTimeout;
    this.trust = trust;
    this.nanoTime = nanoTime;
  }

  /** The adopted session while its connection stands, else null. */
  public @Nullable RedisConnection session() {
    RedisConnection current = session;
    return current != null && current.isOpen() ? current : null;
  }

  /**
   * The adopted session.
   *
   * @throws CacheUnavailableException when there is none
   */
  public RedisConnection requireSession() {
    RedisConnection current = session();
    if (current == null) {
      throw new CacheUnavailableException("There is no connection to Redis");
    }
    return current;
  }

  /**
   * Opens a connection, which nobody uses until it is adopted.
   *
   * @throws CacheUnavailableException when Redis does not accept it
   */
  public RedisConnection open() {
    return open(trust::doubt);
  }

  /**
   * Opens a connection on which Redis tells what changes; lookups never use it.
   *
   * @throws CacheUnavailableException when Redis does not accept it
   */
  public RedisConnection openForTracking() {
    return open(() -> {});
  }

  private RedisConnection open(Runnable onTimeout) {
    try {
      return new RedisConnection(
          client.get().connect(CODEC),
          new RedisReplies(nanoTime, commandTimeout, Trust.SPAN, onTimeout));
    } catch (RedisException e) {
      throw new CacheUnavailableException("Redis did not accept a connection", e);
    }
  }

  /** Makes a session the one in use; the one before is closed. */
  public void adopt(RedisConnection next) {
    RedisConnection previous = session;
    next.watchForSilence();
    session = next;
    if (previous != null) {
      previous.close();
    }
  }

  /** Closes the session in use; there is none until the next is adopted. */
  @Override
  public void close() {
    RedisConnection current = session;
    session = null;
    if (current != null) {
      current.close();
    }
  }
}

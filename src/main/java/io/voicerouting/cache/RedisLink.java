package io.voicerouting.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the session in use. A new one is opened by the relay alone, and becomes the one in use only
 * when the relay adopts it after a full pass.
 */
final class RedisLink implements AutoCloseable {

  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(new StringCodec(UTF_8), ByteArrayCodec.INSTANCE);

  private final Supplier<RedisClient> client;
  private final Duration commandTimeout;
  private final Trust trust;
  private volatile @Nullable RedisSession session;

  RedisLink(Supplier<RedisClient> client, Duration commandTimeout, Trust trust) {
    this.client = client;
    this.commandTimeout = commandTimeout;
    this.trust = trust;
  }

  /** The adopted session while its connection stands, else null. */
  @Nullable RedisSession session() {
    RedisSession current = session;
    return current != null && current.isOpen() ? current : null;
  }

  /**
   * The adopted session.
   *
   * @throws CacheUnavailableException when there is none
   */
  RedisSession requireSession() {
    RedisSession current = session();
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
  RedisSession open() {
    return open(trust::doubt);
  }

  /**
   * Opens a connection on which Redis tells what changes; lookups never use it.
   *
   * @throws CacheUnavailableException when Redis does not accept it
   */
  RedisSession openForTracking() {
    return open(() -> {});
  }

  private RedisSession open(Runnable onTimeout) {
    try {
      return new RedisSession(
          client.get().connect(CODEC), new RedisReplies(commandTimeout, onTimeout));
    } catch (RedisException e) {
      throw new CacheUnavailableException("Redis did not accept a connection", e);
    }
  }

  /** Makes a session the one in use; the one before is closed. */
  void adopt(RedisSession next) {
    RedisSession previous = session;
    session = next;
    if (previous != null) {
      previous.close();
    }
  }

  /** Closes the session in use; there is none until the next is adopted. */
  @Override
  public void close() {
    RedisSession current = session;
    session = null;
    if (current != null) {
      current.close();
    }
  }
}

package io.voicerouting.cache.near;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.codec.StringCodec;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection on which Redis sends invalidations of the documents' keys (client-side caching in
 * broadcast mode), for as long as it lasts. Invalidations and answers to pings are handled in their
 * order, on the connection's own thread.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/client-side-caching/">Client-side
 *     caching</a>
 */
public final class InvalidationChannel implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(InvalidationChannel.class);

  /**
   * A channel on which no ping was answered for this long is closed: the server may be gone without
   * having closed the connection.
   */
  private static final Duration MAX_SILENCE = Duration.ofSeconds(2);

  private static final StringCodec KEYS = new StringCodec(UTF_8);

  /** Redis cannot send invalidations, or its user may not receive them. */
  static final class TrackingRefusedException extends CacheUnavailableException {
    private static final long serialVersionUID = 1L;

    TrackingRefusedException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  private final RedisConnection connection;
  private final RedisConnection tracked;
  private final NearCache near;
  private final Subscription subscription = new Subscription();
  private final NanoClock clock;
  private volatile long lastAnswerNanos;

  private InvalidationChannel(
      RedisConnection connection, RedisConnection tracked, NearCache near, NanoClock clock) {
    this.connection = connection;
    this.tracked = tracked;
    this.near = near;
    this.clock = clock;
    this.lastAnswerNanos = clock.getAsLong();
  }

  /**
   * Starts tracking on a connection, and a new generation of the near cache.
   *
   * @param connection used for nothing else; closed if this fails
   * @param tracked the connection whose documents are tracked
   * @param prefixes of the documents' keys
   * @throws TrackingRefusedException if Redis refuses, or cannot send invalidations
   * @throws CacheUnavailableException if Redis does not answer, or the two connections lead to
   *     different servers
   */
  public static InvalidationChannel begin(
      RedisConnection connection,
      RedisConnection tracked,
      List<String> prefixes,
      NearCache near,
      NanoClock clock) {
    InvalidationChannel channel = new InvalidationChannel(connection, tracked, near, clock);
    try {
      channel.begin(prefixes);
      return channel;
    } catch (RedisCommandExecutionException e) {
      connection.close();
      throw new TrackingRefusedException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void begin(List<String> prefixes) {
    Deadline deadline = Deadline.after(Trust.SPAN, clock);
    // With RESP2, Redis would accept the command below and never send an invalidation.
    String info = connection.replies().awaitBulk(connection.commands().clientInfo(), deadline);
    if (!info.contains(" resp=3")) {
      throw new TrackingRefusedException("Redis does not speak RESP3 on this connection", null);
    }
    if (!connection.reign(deadline).equals(tracked.reign(deadline))) {
      throw new CacheUnavailableException("Two connections lead to two primaries");
    }
    connection.listen(this::onPush, () -> near.end(subscription));
    TrackingArgs arguments =
        TrackingArgs.Builder.enabled().bcast().prefixes(prefixes.toArray(String[]::new));
    connection.replies().awaitBulk(connection.commands().clientTracking(arguments), deadline);
    near.begin(subscription, tracked);
  }

  /**
   * Called on the connection's thread. If it fails, the channel is closed: a lost invalidation
   * would leave a stale entry.
   */
  private void onPush(PushMessage message) {
    if (!message.getType().equals("invalidate")) {
      return;
    }
    try {
      Object changed = message.getContent(KEYS::decodeKey).get(1);
      if (changed instanceof List<?> keys) {
        keys.forEach(this::invalidate);
      } else {
        near.clear(); // the database was flushed
      }
    } catch (RuntimeException e) {
      LOG.warn("Voice routing cache: An invalidation could not be read", e);
      close();
    }
  }

  private void invalidate(Object redisKey) {
    CacheKey key = CacheKey.parse((String) redisKey);
    if (key != null) {
      near.invalidate(key);
    }
  }

  /** Whether the channel still tracks the documents of this connection. */
  public boolean tracks(RedisConnection other) {
    return connection.isOpen()
        && tracked.equals(other)
        && clock.getAsLong() - lastAnswerNanos < MAX_SILENCE.toNanos();
  }

  /** Sends a ping, whose answer extends the near cache's trust; does not wait for it. */
  public void ping() {
    long sent = clock.getAsLong();
    var unused = connection.commands().ping().thenRun(() -> recordAnswer(sent));
  }

  private void recordAnswer(long sent) {
    lastAnswerNanos = clock.getAsLong();
    near.pinged(subscription, sent);
  }

  /** Ends tracking; the near cache is no longer trusted. */
  @Override
  public void close() {
    near.end(subscription);
    connection.close();
  }
}

package io.voicerouting.cache.near;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection on which Redis tells which of the documents' keys have changed (client-side caching
 * in broadcast mode), for as long as it lasts. What it tells and how it answers pings is handled in
 * the order in which it comes, on the connection's own thread.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/client-side-caching/">Client-side
 *     caching</a>
 */
public final class InvalidationChannel implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(InvalidationChannel.class);

  /**
   * A connection on which no ping was answered for so long is given up: its other end may have gone
   * without a word.
   */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(2);

  private static final StringCodec KEYS = new StringCodec(UTF_8);

  private final RedisConnection connection;
  private final RedisConnection tracked;
  private final NearCache near;
  private final NearCache.Subscription subscription = new NearCache.Subscription();
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
   * Has a connection tell what changes, and the near cache begin anew.
   *
   * @param connection used for nothing else; closed when this fails
   * @param tracked the session whose documents are to be kept
   * @param prefixes of the documents' keys
   * @throws CacheUnavailableException when that cannot be, or when the two connections do not lead
   *     to the same server
   */
  public static InvalidationChannel begin(
      RedisConnection connection,
      RedisConnection tracked,
      List<String> prefixes,
      NearCache near,
      NanoClock clock) {
    InvalidationChannel tracking = new InvalidationChannel(connection, tracked, near, clock);
    try {
      tracking.begin(prefixes);
      return tracking;
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void begin(List<String> prefixes) {
    Deadline deadline = Deadline.after(Trust.SPAN, clock);
    // With the older protocol Redis would accept the command below, and never tell anything.
    String info = connection.replies().awaitBulk(connection.commands().clientInfo(), deadline);
    if (!info.contains(" resp=3")) {
      throw new CacheUnavailableException("Redis does not speak RESP3 on this connection");
    }
    if (!connection.reign(deadline).equals(tracked.reign(deadline))) {
      throw new CacheUnavailableException("Two connections lead to two primaries");
    }
    connection.listen(this::told, () -> near.end(subscription));
    TrackingArgs arguments =
        TrackingArgs.Builder.enabled().bcast().prefixes(prefixes.toArray(String[]::new));
    connection.replies().awaitBulk(connection.commands().clientTracking(arguments), deadline);
    near.begin(subscription, tracked);
  }

  /**
   * Called on the connection's thread; what it failed at would be believed, so it must not fail.
   */
  private void told(PushMessage message) {
    if (!message.getType().equals("invalidate")) {
      return;
    }
    try {
      Object changed = message.getContent(KEYS::decodeKey).get(1);
      if (changed instanceof List<?> keys) {
        keys.forEach(this::changed);
      } else {
        near.clear(); // the database was flushed
      }
    } catch (RuntimeException e) {
      LOG.warn("Voice routing cache: What Redis told has not been understood", e);
      close();
    }
  }

  private void changed(Object redisKey) {
    CacheKey key = CacheKey.parse((String) redisKey);
    if (key != null) {
      near.invalidate(key);
    }
  }

  /** Whether Redis may still tell what changes in the documents of this session. */
  public boolean tracks(RedisConnection session) {
    return connection.isOpen()
        && tracked.equals(session)
        && clock.getAsLong() - lastAnswerNanos < LONGEST_SILENCE.toNanos();
  }

  /** Sends a ping, whose answer renews the near cache's trust; does not wait for it. */
  public void ping() {
    long sent = clock.getAsLong();
    var unused = connection.commands().ping().thenRun(() -> answered(sent));
  }

  private void answered(long sent) {
    lastAnswerNanos = clock.getAsLong();
    near.pinged(subscription, sent);
  }

  /** Ends tracking; nothing is believed any more. */
  @Override
  public void close() {
    near.end(subscription);
    connection.close();
  }
}

package io.voicerouting.cache.near;

import io.lettuce.core.RedisException;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one {@link InvalidationChannel} open for the connection in use. Each run pings the channel,
 * or opens a new one if the channel or the connection was lost.
 */
public final class TrackingSupervisor implements Runnable {

  /** Time without another attempt after a refusal: permissions seldom change. */
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(TrackingSupervisor.class);

  private final String server;
  private final ConnectionHolder connections;
  private final NearCache near;
  private final List<String> prefixes;
  private final NanoClock clock;
  private @Nullable InvalidationChannel channel;
  private @Nullable Deadline refusedUntil; // null: not refused

  /**
   * Creates a supervisor without a channel.
   *
   * @param server name of the Redis server, for the log
   */
  public TrackingSupervisor(
      String server,
      ConnectionHolder connections,
      NearCache near,
      List<? extends CachedResource<?>> resources,
      NanoClock clock) {
    this.server = server;
    this.connections = connections;
    this.near = near;
    this.prefixes = resources.stream().map(RedisKeys::prefix).toList();
    this.clock = clock;
  }

  /** Checks and pings the channel; called by one thread. */
  @Override
  public void run() {
    RedisConnection connection = connections.connection();
    if (channel != null && (connection == null || !channel.tracks(connection))) {
      end();
    }
    try {
      if (channel == null && connection != null && mayTry()) {
        channel =
            InvalidationChannel.begin(
                connections.openForTracking(), connection, prefixes, near, clock);
      }
      if (channel != null) {
        channel.ping();
      }
    } catch (InvalidationChannel.TrackingRefusedException e) {
      recordRefusal(e);
    } catch (CacheUnavailableException | RedisException e) {
      LOG.debug("Voice routing cache: No invalidation channel could be opened", e);
    }
  }

  private boolean mayTry() {
    return refusedUntil == null || refusedUntil.passed();
  }

  /** Logs the first of several refusals. */
  private void recordRefusal(InvalidationChannel.TrackingRefusedException refusal) {
    refusedUntil = Deadline.after(AFTER_REFUSAL, clock);
    if (near.refusal() == null) {
      CacheLog.trackingRefused(server, refusal);
    }
    near.refused(String.valueOf(refusal.getMessage()));
  }

  /** Closes the channel. */
  public void end() {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}

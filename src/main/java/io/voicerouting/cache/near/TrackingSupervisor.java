package io.voicerouting.cache.near;

import io.lettuce.core.RedisException;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.redis.ConnectionHolder;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.support.NanoClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the near cache tracked: one {@link InvalidationChannel} at a time, of the session in use,
 * pinged at each step, and begun again when it or the session was lost.
 */
public final class TrackingSupervisor implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(TrackingSupervisor.class);

  private final ConnectionHolder link;
  private final NearCache near;
  private final List<String> prefixes;
  private final NanoClock clock;
  private @Nullable InvalidationChannel tracking;

  public TrackingSupervisor(
      ConnectionHolder link,
      NearCache near,
      List<? extends CachedResource<?>> resources,
      NanoClock clock) {
    this.link = link;
    this.near = near;
    this.prefixes = resources.stream().map(RedisKeys::prefix).toList();
    this.clock = clock;
  }

  /** One step; called by one thread. */
  @Override
  public void run() {
    RedisConnection session = link.session();
    if (tracking != null && (session == null || !tracking.tracks(session))) {
      end();
    }
    try {
      if (tracking == null && session != null) {
        tracking =
            InvalidationChannel.begin(link.openForTracking(), session, prefixes, near, clock);
      }
      if (tracking != null) {
        tracking.ping();
      }
    } catch (CacheUnavailableException | RedisException e) {
      LOG.debug("Voice routing cache: Tracking of changes in Redis has not begun", e);
    }
  }

  /** Ends tracking. */
  public void end() {
    if (tracking != null) {
      tracking.close();
      tracking = null;
    }
  }
}

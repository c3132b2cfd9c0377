package io.voicerouting.cache;

import io.lettuce.core.RedisException;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the near cache tracked: one {@link NearTracking} at a time, of the session in use, pinged
 * at each step, and begun again when it or the session was lost.
 */
final class NearTracker implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(NearTracker.class);

  private final RedisLink link;
  private final NearCache near;
  private final List<String> prefixes;
  private final LongSupplier nanoTime;
  private @Nullable NearTracking tracking;

  NearTracker(
      RedisLink link,
      NearCache near,
      List<? extends CachedResource<?>> resources,
      LongSupplier nanoTime) {
    this.link = link;
    this.near = near;
    this.prefixes = resources.stream().map(RedisKeys::prefix).toList();
    this.nanoTime = nanoTime;
  }

  /** One step; called by one thread. */
  @Override
  public void run() {
    RedisSession session = link.session();
    if (tracking != null && (session == null || !tracking.tracks(session))) {
      end();
    }
    try {
      if (tracking == null && session != null) {
        tracking = NearTracking.begin(link.openForTracking(), session, prefixes, near, nanoTime);
      }
      if (tracking != null) {
        tracking.ping();
      }
    } catch (CacheUnavailableException | RedisException e) {
      LOG.debug("Voice routing cache: Tracking of changes in Redis has not begun", e);
    }
  }

  /** Ends tracking. */
  void end() {
    if (tracking != null) {
      tracking.close();
      tracking = null;
    }
  }
}

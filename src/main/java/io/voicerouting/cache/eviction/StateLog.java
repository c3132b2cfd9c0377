package io.voicerouting.cache.eviction;

import io.voicerouting.cache.TrustLevel;
import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.LogThrottle;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Logs each change of state, at most once a second. While Redis is unavailable, a new cause is
 * logged, too, at most once a minute: a connection may be lost for one reason, and fail to open
 * again for another one, such as a certificate.
 */
final class StateLog {

  private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(1);
  private static final Duration BETWEEN_CAUSES = Duration.ofMinutes(1);

  private final DatabaseAvailability availability;
  private final LogThrottle changes;
  private final LogThrottle causes;
  private @Nullable TrustLevel logged; // null: nothing yet
  private @Nullable String loggedCause; // null: none

  StateLog(DatabaseAvailability availability, NanoClock clock) {
    this.availability = availability;
    this.changes = new LogThrottle(clock, BETWEEN_CHANGES);
    this.causes = new LogThrottle(clock, BETWEEN_CAUSES);
  }

  /**
   * Logs the state, if that is due.
   *
   * @param cause of a failure in Redis or in the database; null: none
   */
  synchronized void log(TrustLevel state, @Nullable Exception cause) {
    boolean due =
        state == logged
            ? state == TrustLevel.UNAVAILABLE && isOther(cause) && causes.permits()
            : changes.permits();
    if (!due) {
      return;
    }
    logged = state;
    loggedCause = cause == null ? null : CacheLog.rootCause(cause);
    switch (state) {
      case TRUSTED -> CacheLog.available();
      case DEGRADED -> CacheLog.degraded(availability.failure());
      case UNAVAILABLE -> CacheLog.unavailable(cause);
    }
  }

  private boolean isOther(@Nullable Exception cause) {
    return cause != null && !CacheLog.rootCause(cause).equals(loggedCause);
  }
}

package io.voicerouting.cache.support;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Limits how often a message is logged. Thread-safe. */
public final class LogThrottle {

  private final NanoClock clock;
  private final Duration quiet;
  private final AtomicLong next;

  /**
   * Creates a throttle that permits the first message.
   *
   * @param quiet shortest time between two messages
   */
  public LogThrottle(NanoClock clock, Duration quiet) {
    this.clock = clock;
    this.quiet = quiet;
    this.next = new AtomicLong(clock.getAsLong());
  }

  /** Returns true if the caller should log now. */
  public boolean permits() {
    long now = clock.getAsLong();
    long due = next.get();
    return now - due >= 0 && next.compareAndSet(due, now + quiet.toNanos());
  }
}

package io.voicerouting.cache.support;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Limits how often a message is logged. Thread-safe. */
public final class LogThrottle {

  private final LongSupplier nanoTime;
  private final Duration quiet;
  private final AtomicLong next;

  /**
   * Creates a throttle that permits the first message.
   *
   * @param quiet shortest time between two messages
   */
  public LogThrottle(LongSupplier nanoTime, Duration quiet) {
    this.nanoTime = nanoTime;
    this.quiet = quiet;
    this.next = new AtomicLong(nanoTime.getAsLong());
  }

  /** Returns true if the caller should log now. */
  public boolean permits() {
    long now = nanoTime.getAsLong();
    long due = next.get();
    return now - due >= 0 && next.compareAndSet(due, now + quiet.toNanos());
  }
}

package io.voicerouting.cache.support;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets a log line through now and then only, however often there is a reason for it. */
public final class LogThrottle {

  private final LongSupplier nanoTime;
  private final Duration quiet;
  private final AtomicLong next;

  /**
   * Starts.
   *
   * @param quiet shortest time between two lines
   */
  public LogThrottle(LongSupplier nanoTime, Duration quiet) {
    this.nanoTime = nanoTime;
    this.quiet = quiet;
    this.next = new AtomicLong(nanoTime.getAsLong());
  }

  /** Whether the line may be logged now; who is told so has to log it. */
  public boolean permits() {
    long now = nanoTime.getAsLong();
    long due = next.get();
    return now - due >= 0 && next.compareAndSet(due, now + quiet.toNanos());
  }
}

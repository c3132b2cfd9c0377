package io.voicerouting.cache;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets a log line through at most once a second, however often there is a reason for it. */
final class LogThrottle {

  private static final Duration QUIET = Duration.ofSeconds(1);

  private final LongSupplier nanoTime;
  private final AtomicLong next;

  LogThrottle(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.next = new AtomicLong(nanoTime.getAsLong());
  }

  /** Whether the line may be logged now; who is told so has to log it. */
  boolean permits() {
    long now = nanoTime.getAsLong();
    long due = next.get();
    return now - due >= 0 && next.compareAndSet(due, now + QUIET.toNanos());
  }
}

package io.voicerouting.cache.support;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A moment on a monotonic clock by which something must be done. */
public final class Deadline {

  private final LongSupplier nanoTime;
  private final long endNanos;

  private Deadline(LongSupplier nanoTime, long endNanos) {
    this.nanoTime = nanoTime;
    this.endNanos = endNanos;
  }

  public static Deadline after(Duration span) {
    return after(span, System::nanoTime);
  }

  public static Deadline after(Duration span, LongSupplier nanoTime) {
    return new Deadline(nanoTime, nanoTime.getAsLong() + span.toNanos());
  }

  /** Returns the nanoseconds left; zero if the deadline has passed. */
  public long remainingNanos() {
    return Math.max(0, endNanos - nanoTime.getAsLong());
  }

  public boolean passed() {
    return remainingNanos() == 0;
  }
}

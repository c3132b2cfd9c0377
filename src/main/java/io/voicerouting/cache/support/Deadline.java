package io.voicerouting.cache.support;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The point on the monotonic clock by which something must be over. */
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

  public static Deadline afterNanos(long nanos) {
    return new Deadline(System::nanoTime, System.nanoTime() + nanos);
  }

  public static Deadline after(Duration span, LongSupplier nanoTime) {
    return new Deadline(nanoTime, nanoTime.getAsLong() + span.toNanos());
  }

  /** Nanoseconds left; zero when it has passed. */
  public long remainingNanos() {
    return Math.max(0, endNanos - nanoTime.getAsLong());
  }

  public boolean passed() {
    return remainingNanos() == 0;
  }
}

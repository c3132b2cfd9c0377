package io.voicerouting.cache.support;

import java.time.Duration;

/** A moment on a monotonic clock by which something must be done. */
public final class Deadline {

  private final NanoClock clock;
  private final long endNanos;

  private Deadline(NanoClock clock, long endNanos) {
    this.clock = clock;
    this.endNanos = endNanos;
  }

  /** Returns the moment that is this span from now. */
  public static Deadline after(Duration span, NanoClock clock) {
    return new Deadline(clock, clock.getAsLong() + span.toNanos());
  }

  /** Returns the nanoseconds left; zero if the deadline has passed. */
  public long remainingNanos() {
    return Math.max(0, endNanos - clock.getAsLong());
  }

  public boolean passed() {
    return remainingNanos() == 0;
  }
}

package io.voicerouting.cache;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A monotonic clock that stands still until it is moved: trust never runs out by accident. */
public final class ManualClock implements LongSupplier {

  private final AtomicLong nanos = new AtomicLong(System.nanoTime());

  public void advance(Duration span) {
    nanos.addAndGet(span.toNanos());
  }

  @Override
  public long getAsLong() {
    return nanos.get();
  }
}

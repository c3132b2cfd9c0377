package io.voicerouting.cache;

import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A monotonic clock that stands still until it is moved: trust never runs out by accident. */
public final class ManualClock implements NanoClock {

  private final AtomicLong nanos = new AtomicLong(System.nanoTime());

  public void advance(Duration span) {
    nanos.addAndGet(span.toNanos());
  }

  @Override
  public long getAsLong() {
    return nanos.get();
  }
}

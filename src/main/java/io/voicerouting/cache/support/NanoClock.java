package io.voicerouting.cache.support;

import java.util.function.LongSupplier;

/**
 * The monotonic clock of the cache: nanoseconds since an arbitrary moment, for durations only.
 * There is one for the whole engine; tests replace it by one that they move.
 */
@FunctionalInterface
public interface NanoClock extends LongSupplier {

  /** Returns the clock of this JVM. */
  static NanoClock system() {
    return System::nanoTime;
  }
}

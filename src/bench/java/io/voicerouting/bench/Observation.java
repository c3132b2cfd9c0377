package io.voicerouting.bench;

import java.time.Duration;

/**
 * How a lookup was answered.
 *
 * @param endpoint what was asked
 * @param kind what was known of the copies
 * @param startNanos when it was due, whenever it was sent
 * @param lateNanos from then until it was sent, by no fault of the service
 * @param latencyNanos from when it was due until the whole answer was there
 * @param outcome what it was
 * @param staleNanos how long before the request a newer value had been acknowledged; 0 when the
 *     answer was true
 * @param tooOld whether that was longer than is promised
 * @param phantom whether it showed what its writer was told had not been saved
 */
record Observation(
    Endpoint endpoint,
    Question.Kind kind,
    long startNanos,
    long lateNanos,
    long latencyNanos,
    Outcome outcome,
    long staleNanos,
    boolean tooOld,
    boolean phantom) {

  private static final Duration SLOW = Duration.ofMillis(300);

  /** What an answer was. */
  enum Outcome {
    /** From a cache that is vouched for, or from the database after a miss. */
    GOOD,
    /** From the database, as Redis could not be used. */
    BYPASSED,
    /** From a cache, as the database could not be asked. */
    DEGRADED,
    /** 503 with {@code Retry-After}. */
    UNAVAILABLE,
    /** None, or another than these. */
    FAILED
  }

  /** Milliseconds from the end of the fault, what was asked, how and when it was answered. */
  String csv(long endNanos) {
    return "%d,%s,%s,%s,%d,%d"
        .formatted(
            (startNanos - endNanos) / 1_000_000,
            endpoint,
            kind,
            outcome,
            latencyNanos / 1_000_000,
            staleNanos / 1_000_000);
  }

  boolean answered() {
    return outcome != Outcome.UNAVAILABLE && outcome != Outcome.FAILED;
  }

  /** Whether it was answered as if nothing was broken. */
  boolean normal() {
    return outcome == Outcome.GOOD && latencyNanos <= SLOW.toNanos();
  }
}

package io.voicerouting.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many lookups of unknown tokens run at once, since each may cost a query: guessed
 * tokens must not delay calls that need the database. Tokens that are known to be valid pass
 * without waiting. The others wait in order; those of throttled addresses run one at a time.
 * Thread-safe.
 */
final class LookupGate {

  static final int MAX_ACCEPTED = 10_000;
  private static final Duration KEEP_ACCEPTED = Duration.ofHours(1);
  private static final int CONCURRENT = 4;

  private final Cache<String, Boolean> accepted =
      Caffeine.newBuilder().maximumSize(MAX_ACCEPTED).expireAfterAccess(KEEP_ACCEPTED).build();

  private final Semaphore permits = new Semaphore(CONCURRENT, true);
  private final Semaphore throttledPermits = new Semaphore(1, true);
  private final Duration maxWait;

  /**
   * @param maxWait longest wait for earlier lookups
   */
  LookupGate(Duration maxWait) {
    this.maxWait = maxWait;
  }

  /**
   * Runs a lookup; returns null if it had to wait too long.
   *
   * @param throttled whether the address is throttled; evaluated only if the token is unknown
   */
  <T> @Nullable T pass(String digest, BooleanSupplier throttled, Supplier<T> lookup) {
    if (accepted.getIfPresent(digest) != null) {
      return lookup.get();
    }
    Semaphore gate = throttled.getAsBoolean() ? throttledPermits : permits;
    if (!tryAcquire(gate)) {
      return null;
    }
    try {
      return lookup.get();
    } finally {
      gate.release();
    }
  }

  /** Records whether a token is valid. */
  void record(String digest, boolean valid) {
    if (!valid) {
      accepted.invalidate(digest);
    } else if (accepted.getIfPresent(digest) == null) {
      accepted.put(digest, true);
    }
  }

  private boolean tryAcquire(Semaphore gate) {
    try {
      return gate.tryAcquire(maxWait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

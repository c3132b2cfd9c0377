package io.voicerouting.cache.lookup;

import io.voicerouting.cache.database.LoadFailedException;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * The time limits of the lookups of one request. Redis may take half of the budget, so that enough
 * is left for the database. Waiting for the database does not count. A lookup waits for a database
 * that is down until half of the budget has passed since the start; if the database was down at the
 * start, until a third has passed. Used by one thread.
 */
public final class LookupBudget {

  /** Time between two checks whether a slow database is down. */
  private static final Duration CHECK_INTERVAL = Duration.ofMillis(10);

  private final NanoClock clock;
  private final Deadline extendedRedis;
  private final Deadline end;
  private final Duration loadTimeout;
  private final BooleanSupplier databaseDown;
  private Deadline redis;

  /**
   * Starts the budget.
   *
   * @param budget time in which a request is answered even if Redis is down
   * @param loadTimeout longest wait for one load
   * @param databaseDown whether the database is down, and not only slow
   */
  public LookupBudget(
      Duration budget, Duration loadTimeout, BooleanSupplier databaseDown, NanoClock clock) {
    long nanos = budget.toNanos(); // dividing a Duration is dear
    Duration third = Duration.ofNanos(nanos / 3);
    Duration half = Duration.ofNanos(nanos / 2);
    this.clock = clock;
    this.extendedRedis = Deadline.after(Duration.ofNanos(nanos / 3 * 2), clock);
    this.end = Deadline.after(databaseDown.getAsBoolean() ? third : half, clock);
    this.loadTimeout = loadTimeout;
    this.databaseDown = databaseDown;
    this.redis = Deadline.after(half, clock);
  }

  /** Returns when to stop waiting for Redis; waiting for the database moves it. */
  Deadline redis() {
    return redis;
  }

  /**
   * Returns when to stop waiting for Redis if the database is down: after two thirds of the budget,
   * and never earlier than {@link #redis()}.
   */
  Deadline extendedRedis() {
    return redis.remainingNanos() > extendedRedis.remainingNanos() ? redis : extendedRedis;
  }

  /** The caller stopped waiting; the load goes on. */
  static final class OverException extends LoadFailedException {
    private static final long serialVersionUID = 1L;

    OverException(TimeoutException cause) {
      super("The database is down, and the budget of the lookup is over", cause);
    }
  }

  /**
   * Waits for a load.
   *
   * @throws OverException if the database is down and the budget is over
   * @throws LoadFailedException if the load failed, or did not end in time
   */
  <T> T await(CompletableFuture<T> load) {
    Duration redisLeft = Duration.ofNanos(redis.remainingNanos());
    try {
      return await(load, Deadline.after(loadTimeout, clock));
    } finally {
      redis = Deadline.after(redisLeft, clock);
    }
  }

  /**
   * A database is down if two checks in a row find it down: after a pause of the whole process, the
   * first check may run before the thread that received the answer.
   */
  private <T> T await(CompletableFuture<T> load, Deadline latest) {
    boolean down = false;
    while (true) {
      long within = Math.max(end.remainingNanos(), CHECK_INTERVAL.toNanos());
      try {
        return get(load, Math.min(within, latest.remainingNanos()));
      } catch (TimeoutException e) {
        if (latest.passed()) {
          throw late(e);
        }
        boolean stillDown = end.passed() && databaseDown.getAsBoolean();
        if (down && stillDown) {
          throw new OverException(e);
        }
        down = stillDown;
      }
    }
  }

  /**
   * Waits for a load no longer than for a database that is down.
   *
   * @throws LoadFailedException if the load failed, or did not end in time
   */
  <T> T awaitWithinBudget(CompletableFuture<T> load) {
    try {
      return get(load, end.remainingNanos());
    } catch (TimeoutException e) {
      throw late(e);
    }
  }

  private static <T> T get(CompletableFuture<T> load, long nanos) throws TimeoutException {
    try {
      return load.get(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadFailedException("Interrupted while waiting for the database", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("A load ended unexpectedly", e);
    }
  }

  private static LoadFailedException late(TimeoutException cause) {
    return new LoadFailedException("The database did not answer within its time", cause);
  }
}

package io.voicerouting.cache;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * The time that one lookup has, or several that are one to their caller. All that is lost to Redis
 * comes from one budget; waiting for the database does not use it up, but a database that is away
 * is waited for no longer either. A fifth of the budget is left for whatever else an answer takes.
 * Used by one thread.
 */
final class LookupTime {

  /** Between two looks whether a database that was slow so far has turned out to be away. */
  private static final Duration RECHECK = Duration.ofMillis(10);

  private final Deadline end;
  private final Duration loadTimeout;
  private final BooleanSupplier databaseAway;
  private Deadline redis;

  /**
   * Starts.
   *
   * @param budget in which there is to be an answer, whatever is wrong with Redis
   * @param loadTimeout longest wait for one load
   * @param databaseAway whether the database is known to be away; if so, there is no use in waiting
   *     for it as one does for a slow one
   */
  LookupTime(Duration budget, Duration loadTimeout, BooleanSupplier databaseAway) {
    this.end = Deadline.after(budget.multipliedBy(4).dividedBy(5));
    this.loadTimeout = loadTimeout;
    this.databaseAway = databaseAway;
    this.redis = end;
  }

  /** When Redis must not be waited for any longer; later after each wait for the database. */
  Deadline redis() {
    return redis;
  }

  /**
   * Waits for what the database is asked for.
   *
   * @throws LoadFailedException when it failed, or did not end in time
   */
  <T> T await(CompletableFuture<T> load) {
    Duration redisLeft = Duration.ofNanos(redis.remainingNanos());
    try {
      return await(load, Deadline.after(loadTimeout));
    } finally {
      redis = Deadline.after(redisLeft);
    }
  }

  private <T> T await(CompletableFuture<T> load, Deadline latest) {
    while (true) {
      long within = Math.max(end.remainingNanos(), RECHECK.toNanos());
      try {
        return get(load, Math.min(within, latest.remainingNanos()));
      } catch (TimeoutException e) {
        if (latest.passed() || (end.passed() && databaseAway.getAsBoolean())) {
          throw late(e);
        }
      }
    }
  }

  /**
   * Waits for it no longer than for Redis.
   *
   * @throws LoadFailedException when it failed, or did not end in time
   */
  <T> T awaitWithinBudget(CompletableFuture<T> load) {
    try {
      return get(load, redis.remainingNanos());
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

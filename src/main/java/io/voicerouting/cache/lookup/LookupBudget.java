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
 * The time that one lookup has, or several that are one to their caller. Redis may take half of the
 * budget, so that enough is left to ask the database; waiting for that does not count. A database
 * that is away is waited for until half of the budget has passed since the start, the rest being
 * for whatever else an answer takes; one that was away already at the start, until a third. Used by
 * one thread.
 */
public final class LookupBudget {

  /** Between two looks whether a database that was slow so far has turned out to be away. */
  private static final Duration RECHECK = Duration.ofMillis(10);

  private final NanoClock clock;
  private final Deadline redisAlone;
  private final Deadline end;
  private final Duration loadTimeout;
  private final BooleanSupplier databaseDown;
  private Deadline redis;

  /**
   * Starts.
   *
   * @param budget in which there is to be an answer, whatever is wrong with Redis
   * @param loadTimeout longest wait for one load
   * @param databaseDown whether the database is known to be away; if so, there is no use in waiting
   *     for it as one does for a slow one
   */
  public LookupBudget(
      Duration budget, Duration loadTimeout, BooleanSupplier databaseDown, NanoClock clock) {
    Duration third = budget.dividedBy(3);
    Duration half = budget.dividedBy(2);
    this.clock = clock;
    this.redisAlone = Deadline.after(third.multipliedBy(2), clock);
    this.end = Deadline.after(databaseDown.getAsBoolean() ? third : half, clock);
    this.loadTimeout = loadTimeout;
    this.databaseDown = databaseDown;
    this.redis = Deadline.after(half, clock);
  }

  /** When Redis must not be waited for any longer; later after each wait for the database. */
  Deadline redis() {
    return redis;
  }

  /**
   * The same when there is nothing but Redis to ask: it may take two thirds of the budget, and
   * never less than otherwise.
   */
  Deadline redisAlone() {
    return redis.remainingNanos() > redisAlone.remainingNanos() ? redis : redisAlone;
  }

  /** The caller waits no longer; what becomes of the load is another matter. */
  static final class OverException extends LoadFailedException {
    private static final long serialVersionUID = 1L;

    OverException(TimeoutException cause) {
      super("The database is away, and the lookup's time is over", cause);
    }
  }

  /**
   * Waits for what the database is asked for.
   *
   * @throws OverException when the database is away, and the caller's time over
   * @throws LoadFailedException when it failed, or did not end in time
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
   * A database is away when it is at two looks in a row: after a pause of the whole process the
   * first may come before the thread that has its answer.
   */
  private <T> T await(CompletableFuture<T> load, Deadline latest) {
    boolean away = false;
    while (true) {
      long within = Math.max(end.remainingNanos(), RECHECK.toNanos());
      try {
        return get(load, Math.min(within, latest.remainingNanos()));
      } catch (TimeoutException e) {
        if (latest.passed()) {
          throw late(e);
        }
        boolean stillAway = end.passed() && databaseDown.getAsBoolean();
        if (away && stillAway) {
          throw new OverException(e);
        }
        away = stillAway;
      }
    }
  }

  /**
   * Waits for it no longer than for a database that is away.
   *
   * @throws LoadFailedException when it failed, or did not end in time
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

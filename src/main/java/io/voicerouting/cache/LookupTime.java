package io.voicerouting.cache;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time that one lookup has: a budget from its start, which is all that Redis may take of it and
 * all that it waits for a database that is away; a slow database has longer.
 */
final class LookupTime {

  /** Between two looks whether a database that was slow so far has turned out to be away. */
  private static final Duration RECHECK = Duration.ofMillis(10);

  private final Deadline budget;
  private final Duration loadTimeout;
  private final BooleanSupplier databaseAway;
  private @Nullable Deadline database; // null: the database has not been waited for yet

  /**
   * Starts.
   *
   * @param loadTimeout longest wait for the database, all loads together
   * @param databaseAway whether the database is known to be away; if so, there is no use in waiting
   *     for it as one does for a slow one
   */
  LookupTime(Duration budget, Duration loadTimeout, BooleanSupplier databaseAway) {
    this.budget = Deadline.after(budget);
    this.loadTimeout = loadTimeout;
    this.databaseAway = databaseAway;
  }

  /** When Redis must not be waited for any longer. */
  Deadline budget() {
    return budget;
  }

  /**
   * Waits for what the database is asked for.
   *
   * @throws LoadFailedException when it failed, or did not end in time
   */
  <T> T await(CompletableFuture<T> load) {
    Deadline end = database;
    if (end == null) {
      end = Deadline.after(loadTimeout);
      database = end;
    }
    while (true) {
      long within = Math.max(budget.remainingNanos(), RECHECK.toNanos());
      try {
        return get(load, Math.min(within, end.remainingNanos()));
      } catch (TimeoutException e) {
        if (end.passed() || (budget.passed() && databaseAway.getAsBoolean())) {
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
      return get(load, budget.remainingNanos());
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

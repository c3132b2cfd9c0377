package io.voicerouting.cache.database;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.LogThrottle;
import io.voicerouting.cache.support.NanoClock;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Runs loads, and no more at once than the database is to bear. */
public final class DatabaseLoader {

  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final CacheMeters meters;
  private final Executor executor;
  private final Semaphore permits;
  private final Duration patience;
  private final Duration longest;
  private final DatabaseAvailability watch;
  private final NanoClock clock;
  private final LogThrottle failures;
  private final LogThrottle refusals;

  /**
   * Sets the bounds.
   *
   * @param executor runs the loads, so that callers can stop waiting
   * @param maxConcurrent loads at once
   * @param patience longest wait for one of them to end
   * @param longest after this a load has failed, whatever becomes of it: nobody waits that long,
   *     and one that hangs must not hold up the loads that come after it
   * @param watch is told whether it answers
   */
  public DatabaseLoader(
      CacheMeters meters,
      Executor executor,
      int maxConcurrent,
      Duration patience,
      Duration longest,
      DatabaseAvailability watch,
      NanoClock clock) {
    this.meters = meters;
    this.executor = executor;
    this.permits = new Semaphore(maxConcurrent);
    this.patience = patience;
    this.longest = longest;
    this.watch = watch;
    this.clock = clock;
    this.failures = new LogThrottle(clock, LOG_INTERVAL);
    this.refusals = new LogThrottle(clock, LOG_INTERVAL);
  }

  /**
   * Starts a load; it ends with a {@link LoadFailedException} when the database cannot be asked.
   */
  <V> CompletableFuture<LoadResult<V>> start(CachedResource<V> resource, CacheKey key) {
    return CompletableFuture.supplyAsync(() -> load(resource, key), executor)
        .orTimeout(longest.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete(
            (loaded, failure) -> {
              if (failure != null) {
                failed(resource, unwrap(failure));
              }
            });
  }

  /** Callers are told only that there is no answer now, so what was wrong is told here. */
  private void failed(CachedResource<?> resource, Throwable failure) {
    meters.of(resource).loadFailed();
    if (failure.getCause() instanceof TimeoutException) {
      watch.loadNotAnswered(longest);
    }
    if ((failure instanceof TooManyException ? refusals : failures).permits()) {
      CacheLog.loadFailed(resource, failure);
    }
  }

  /** The bound was reached, and nobody left in time. */
  static final class TooManyException extends LoadFailedException {
    private static final long serialVersionUID = 1L;

    TooManyException() {
      super("Too many loads are under way");
    }
  }

  /** What a load failed with, without the wrapping of {@link CompletableFuture}. */
  static Throwable unwrap(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof TimeoutException
        ? new LoadFailedException("The database did not answer within its time", cause)
        : cause;
  }

  private <V> LoadResult<V> load(CachedResource<V> resource, CacheKey key) {
    enter();
    try {
      long start = clock.getAsLong();
      LoadResult<V> loaded =
          new LoadResult<>(resource.load(key.organizationId(), key.identifier()));
      watch.answeredLoad();
      meters.of(resource).loaded(clock.getAsLong() - start);
      return loaded;
    } catch (DataAccessException | TransactionException | PersistenceException e) {
      throw new LoadFailedException("The database could not be asked", e);
    } finally {
      permits.release();
    }
  }

  private void enter() {
    try {
      if (!permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TooManyException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadFailedException("Interrupted while waiting for other loads", e);
    }
  }
}

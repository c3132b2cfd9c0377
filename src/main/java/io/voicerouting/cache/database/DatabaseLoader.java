package io.voicerouting.cache.database;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.LoadedDocument;
import io.voicerouting.cache.document.DatabaseSnapshot;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.support.CacheEvent;
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
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Runs loads, with a limit on how many run at once. */
public final class DatabaseLoader {

  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final CacheMeters meters;
  private final Executor executor;
  private final Semaphore permits;
  private final Duration permitTimeout;
  private final Duration loadTimeout;
  private final DatabaseAvailability availability;
  private final NanoClock clock;
  private final LogThrottle failures;
  private final LogThrottle refusals;

  /**
   * @param executor runs the loads, so that callers can stop waiting
   * @param maxConcurrent maximum number of concurrent loads
   * @param permitTimeout longest wait for another load to end
   * @param loadTimeout after this time a load has failed, even if it still runs: a load that hangs
   *     must not delay the loads after it
   * @param availability notified of answers and timeouts
   */
  public DatabaseLoader(
      CacheMeters meters,
      Executor executor,
      int maxConcurrent,
      Duration permitTimeout,
      Duration loadTimeout,
      DatabaseAvailability availability,
      NanoClock clock) {
    this.meters = meters;
    this.executor = executor;
    this.permits = new Semaphore(maxConcurrent);
    this.permitTimeout = permitTimeout;
    this.loadTimeout = loadTimeout;
    this.availability = availability;
    this.clock = clock;
    this.failures = new LogThrottle(clock, LOG_INTERVAL);
    this.refusals = new LogThrottle(clock, LOG_INTERVAL);
  }

  /** Starts a load; it fails with a {@link LoadFailedException} if the database is down. */
  <V> CompletableFuture<LoadResult<V>> start(CachedResource<V> resource, CacheKey key) {
    return CompletableFuture.supplyAsync(() -> load(resource, key), executor)
        .orTimeout(loadTimeout.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete(
            (loaded, failure) -> {
              if (failure != null) {
                recordFailure(resource, unwrap(failure));
              }
            });
  }

  /** Logs the cause: callers only learn that there is no answer now. */
  private void recordFailure(CachedResource<?> resource, Throwable failure) {
    meters.of(resource).count(CacheEvent.LOAD_FAILED);
    if (failure instanceof TooManyLoadsException) {
      meters.of(resource).count(CacheEvent.LOAD_REFUSED);
    }
    if (failure.getCause() instanceof TimeoutException) {
      availability.recordLoadTimeout(loadTimeout);
    }
    if ((failure instanceof TooManyLoadsException ? refusals : failures).permits()) {
      CacheLog.loadFailed(resource, failure);
    }
  }

  /** The maximum number of loads was running, and none ended in time. */
  static final class TooManyLoadsException extends LoadFailedException {
    private static final long serialVersionUID = 1L;

    TooManyLoadsException() {
      super("Too many loads are running");
    }
  }

  /** Returns the failure of a load without the wrapping of {@link CompletableFuture}. */
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
    acquirePermit();
    try {
      long start = clock.getAsLong();
      LoadResult<V> loaded = result(resource.load(key.organizationId(), key.identifier()));
      availability.recordLoadAnswer();
      meters.of(resource).recordLoad(clock.getAsLong() - start);
      return loaded;
    } catch (DataAccessException | TransactionException | PersistenceException e) {
      throw new LoadFailedException("The load failed", e);
    } finally {
      permits.release();
    }
  }

  private static <V> LoadResult<V> result(@Nullable LoadedDocument<V> document) {
    return document == null
        ? new LoadResult<>(null, null)
        : new LoadResult<>(
            document.value(), DatabaseSnapshot.parse(document.snapshot()), document.changedAt());
  }

  private void acquirePermit() {
    try {
      if (!permits.tryAcquire(permitTimeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TooManyLoadsException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadFailedException("Interrupted while waiting for other loads", e);
    }
  }
}

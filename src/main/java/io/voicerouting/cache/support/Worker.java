package io.voicerouting.cache.support;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one job at a time: on a thread of its own, or on the caller's. What a job changes is visible
 * to the caller once {@link #isIdle} or {@link #await} returned true. Used by one caller at a time.
 */
public final class Worker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final String name;
  private final @Nullable ExecutorService executor; // null: the caller's thread
  private final LogThrottle failures;
  private Future<?> last = CompletableFuture.completedFuture(null);

  private Worker(String name, @Nullable ExecutorService executor, NanoClock clock) {
    this.name = name;
    this.executor = executor;
    this.failures = new LogThrottle(clock, Duration.ofSeconds(1));
  }

  /** A worker that runs jobs on the caller's thread. What a job throws reaches the caller. */
  public static Worker inline() {
    return new Worker("", null, NanoClock.system());
  }

  /** A worker with a thread of this name. What a job throws is logged. */
  public static Worker onThread(String name, NanoClock clock) {
    return new Worker(
        name,
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory()),
        clock);
  }

  /** Whether no job is running. */
  public boolean isIdle() {
    return await(Duration.ZERO);
  }

  /** Runs a job, or starts it on the worker's thread. The worker must be idle. */
  public void run(Runnable job) {
    if (executor == null) {
      job.run();
    } else {
      last = executor.submit(() -> runLogged(job));
    }
  }

  private void runLogged(Runnable job) {
    try {
      job.run();
    } catch (RuntimeException | Error e) {
      if (failures.permits()) {
        LOG.error("Voice routing cache: {} failed unexpectedly", name, e);
      }
    }
  }

  /** Waits until the last job has ended; returns false if it has not ended in time. */
  public boolean await(Duration longest) {
    try {
      last.get(longest.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("A job ended unexpectedly", e);
    }
  }

  /** Lets the running job end, and takes no other. */
  @Override
  public void close() {
    if (executor != null) {
      executor.shutdown();
    }
  }
}

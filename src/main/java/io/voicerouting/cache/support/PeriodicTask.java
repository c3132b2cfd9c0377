package io.voicerouting.cache.support;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs a task again and again on a thread of its own. The interval counts from the start of one run
 * to the start of the next; after a run that took longer, the next one starts at once, and runs
 * that were missed are not made up for.
 */
public final class PeriodicTask implements SmartLifecycle {

  /** Starts after the Redis connection factory (0) and before the web server; stops after it. */
  private static final int PHASE = 1000;

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(PeriodicTask.class);

  private final String name;
  private final Duration interval;
  private final Runnable task;
  private final Runnable atEnd;
  private final NanoClock clock;
  private final LogThrottle failures;
  private volatile @Nullable ScheduledThreadPoolExecutor executor; // null: not running

  /**
   * Creates a task that is not started.
   *
   * @param name of the thread
   * @param interval time between the starts of two runs
   * @param task what it throws is logged, and the next run follows
   * @param atEnd runs last, on the same thread
   */
  public PeriodicTask(
      String name, Duration interval, Runnable task, Runnable atEnd, NanoClock clock) {
    this.name = name;
    this.interval = interval;
    this.task = task;
    this.atEnd = atEnd;
    this.clock = clock;
    this.failures = new LogThrottle(clock, Duration.ofSeconds(1));
  }

  @Override
  public void start() {
    ScheduledThreadPoolExecutor started =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name(name).daemon().factory());
    started.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // after the stop
    started.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor = started;
    started.execute(() -> run(started));
  }

  private void run(ScheduledThreadPoolExecutor current) {
    Deadline next = Deadline.after(interval, clock);
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      // The thread must survive any failure: without it nothing is ever trusted again.
      if (failures.permits()) {
        LOG.error("Voice routing cache: {} failed unexpectedly", name, e);
      }
    }
    if (current.equals(executor)) {
      var unused =
          current.schedule(() -> run(current), next.remainingNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void stop() {
    ScheduledThreadPoolExecutor stopped = executor;
    if (stopped == null) {
      return;
    }
    executor = null;
    stopped.execute(atEnd);
    stopped.shutdown();
    try {
      var unused = stopped.awaitTermination(STOP_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return executor != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}

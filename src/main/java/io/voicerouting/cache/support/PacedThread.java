package io.voicerouting.cache.support;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Does one thing again and again on a thread of its own, at a fixed pace. */
public final class PacedThread implements SmartLifecycle {

  /**
   * After Redis' connection factory (0), and before the web server takes calls; stops the other
   * way.
   */
  private static final int PHASE = 1000;

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(PacedThread.class);

  private final String name;
  private final Duration interval;
  private final Runnable step;
  private final Runnable atEnd;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopping = lock.newCondition();
  private final LogThrottle surprises = new LogThrottle(System::nanoTime, Duration.ofSeconds(1));
  private volatile @Nullable Thread thread;
  private volatile boolean running;

  /**
   * Sets the pace.
   *
   * @param name of the thread
   * @param interval from the start of a step to the start of the next, which waits for its end
   * @param step what is done; what it throws is logged, and the thread goes on
   * @param atEnd what the thread does last
   */
  public PacedThread(String name, Duration interval, Runnable step, Runnable atEnd) {
    this.name = name;
    this.interval = interval;
    this.step = step;
    this.atEnd = atEnd;
  }

  @Override
  public void start() {
    running = true;
    Thread started = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    thread = started;
    started.start();
  }

  private void run() {
    while (running) {
      Deadline next = Deadline.after(interval);
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        // The thread must outlive any surprise: without it nothing is ever trusted again.
        if (surprises.permits()) {
          LOG.error("Voice routing cache: {} failed unexpectedly", name, e);
        }
      }
      pause(next);
    }
    atEnd.run();
  }

  private void pause(Deadline next) {
    lock.lock();
    try {
      long left = next.remainingNanos();
      while (running && left > 0) {
        left = stopping.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stop() {
    lock.lock();
    try {
      running = false;
      stopping.signalAll();
    } finally {
      lock.unlock();
    }
    Thread stopped = thread;
    if (stopped != null) {
      try {
        stopped.join(TimeUnit.NANOSECONDS.toMillis(STOP_PATIENCE.toNanos()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}

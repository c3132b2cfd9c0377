package io.voicerouting.cache;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** The thread of the {@link Relay}, and the housekeeping of the outbox. */
final class RelayThread implements SmartLifecycle {

  /**
   * After Redis' connection factory (0), and before the web server takes calls; stops the other
   * way.
   */
  private static final int PHASE = 1000;

  private static final Duration PURGE_INTERVAL = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(RelayThread.class);

  private final Relay relay;
  private final Outbox outbox;
  private final Duration interval;
  private final Duration keepDone;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopping = lock.newCondition();
  private volatile @Nullable Thread thread;
  private volatile boolean running;

  /**
   * Sets the pace.
   *
   * @param interval from the start of a pass to the start of the next
   * @param keepDone how long done rows are kept: longer than any copy lives
   */
  RelayThread(Relay relay, Outbox outbox, Duration interval, Duration keepDone) {
    this.relay = relay;
    this.outbox = outbox;
    this.interval = interval;
    this.keepDone = keepDone;
  }

  @Override
  public void start() {
    running = true;
    Thread started = Thread.ofPlatform().name("routing-cache-relay").daemon().unstarted(this::run);
    thread = started;
    started.start();
  }

  private void run() {
    Deadline purge = Deadline.after(Duration.ZERO);
    while (running) {
      Deadline next = Deadline.after(interval);
      try {
        List<OutboxRow> evicted = relay.pass();
        if (!evicted.isEmpty()) {
          outbox.markDone(evicted);
        }
        if (purge.passed()) {
          outbox.purge(keepDone);
          purge = Deadline.after(PURGE_INTERVAL);
        }
      } catch (DataAccessException e) {
        LOG.debug("Voice routing cache: Housekeeping of the outbox failed", e);
      } catch (RuntimeException e) {
        // The relay must outlive any surprise: without it nothing is ever trusted again.
        LOG.error("Voice routing cache: A pass failed unexpectedly", e);
      }
      pause(next);
    }
    relay.dropCandidate();
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
        stopped.join(TimeUnit.SECONDS.toMillis(5));
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

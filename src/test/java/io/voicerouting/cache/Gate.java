package io.voicerouting.cache;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A point at which another thread waits until the test opens it. */
public final class Gate {

  private static final long TIMEOUT_SECONDS = 60;

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  /** Called by the thread that has to wait here. Does not wait once the gate is open. */
  public void pass() {
    reached.countDown();
    await(opened);
  }

  /** Waits until a thread has stopped here. */
  public void awaitReached() {
    await(reached);
  }

  public void open() {
    opened.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("Nobody came, or nobody opened");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}

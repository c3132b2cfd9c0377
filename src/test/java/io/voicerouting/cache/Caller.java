package io.voicerouting.cache;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Somebody who looks a key up on a thread of their own. */
public final class Caller {

  private static final long TIMEOUT_SECONDS = 60;

  private final FutureTask<Lookup<HookedExtensions.Document>> task;
  private final Thread thread;

  public Caller(EngineInstance instance, CacheKey key) {
    task = new FutureTask<>(() -> instance.lookup(key));
    thread = Thread.ofVirtual().start(task);
  }

  /** Whether the caller waits for something that is bound to happen in time. */
  public boolean waits() {
    return thread.getState() == Thread.State.TIMED_WAITING;
  }

  public Lookup<HookedExtensions.Document> answer() {
    try {
      return task.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}

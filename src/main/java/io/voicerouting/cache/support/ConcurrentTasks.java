package io.voicerouting.cache.support;

import io.voicerouting.cache.CacheUnavailableException;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs many tasks, a few at a time. */
public final class ConcurrentTasks {

  private ConcurrentTasks() {}

  /**
   * Runs tasks and waits for all of them.
   *
   * @param concurrency most tasks at a time
   * @return how many returned true
   * @throws RuntimeException what a task threw
   * @throws CacheUnavailableException if the thread was interrupted
   */
  public static int countTrue(int concurrency, Collection<? extends Callable<Boolean>> tasks) {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(concurrency, Thread.ofVirtual().factory())) {
      int count = 0;
      for (Future<Boolean> task : threads.invokeAll(tasks)) {
        count += task.get() ? 1 : 0;
      }
      return count;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CacheUnavailableException("Interrupted while warming", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("A document could not be loaded", e);
    }
  }
}

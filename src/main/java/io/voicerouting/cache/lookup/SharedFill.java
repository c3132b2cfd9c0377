package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.database.LoadFailedException;
import io.voicerouting.cache.support.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A fill in progress in this process. One caller runs it; other callers that miss the same key wait
 * until it ends. They are not given its document, which may have been read before their calls.
 */
final class SharedFill {

  private final CompletableFuture<Ending> ending = new CompletableFuture<>();
  private final CountDownLatch loading = new CountDownLatch(1);

  /** How a fill ended, for those who waited. */
  enum Ending {
    /** The entry is in Redis now, or an eviction came first: read Redis again. */
    LOOK_AGAIN,
    /** This process cannot fill the key now: load without filling. */
    LOAD
  }

  /** Reports that the fill waits for the database from now on, and no longer for Redis. */
  void startLoad() {
    loading.countDown();
  }

  void end(Ending result) {
    ending.complete(result);
    startLoad();
  }

  /** Ends the fill for all callers with the failure of Redis or of the load. */
  void fail(RuntimeException cause) {
    ending.completeExceptionally(cause);
    startLoad();
  }

  /**
   * Waits for the end. While the fill waits for Redis, the waiting caller's time for Redis passes.
   *
   * @return how the fill ended; {@code LOAD} if the caller's time for Redis was over before
   * @throws CacheUnavailableException if Redis failed
   * @throws LoadFailedException if the load failed, or did not end within the budget
   */
  Ending await(LookupBudget budget) {
    return loadsWithin(budget.redis()) ? budget.await(ending) : Ending.LOAD;
  }

  private boolean loadsWithin(Deadline redis) {
    try {
      return loading.await(redis.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

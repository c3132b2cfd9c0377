package io.voicerouting.cache.lookup;

import io.lettuce.core.RedisCommandExecutionException;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.lookup.FillLease.Admission;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.support.CacheEvent;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.CacheSpans;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.ResourceMeters;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Fills one entry: requests the lease, loads, and stores the document if the lease is still held.
 * Used once, by one thread.
 */
final class FillTask<V> {

  private static final Duration MIN_POLL_INTERVAL = Duration.ofMillis(5);

  private final FillTools tools;
  private final ResourceMeters meters;
  private final RedisLookup<V> lookup;
  private final SharedFill fill;
  private boolean reads;
  private SharedFill.Ending ending = SharedFill.Ending.LOAD;

  /**
   * @param reads whether nobody has read the entry before, so that the first request for the lease
   *     is the lookup's read
   */
  FillTask(FillTools tools, RedisLookup<V> lookup, SharedFill fill, boolean reads) {
    this.tools = tools;
    this.meters = tools.meters().of(lookup.resource());
    this.lookup = lookup;
    this.fill = fill;
    this.reads = reads;
  }

  /**
   * Fills the entry, and returns the result for the caller that runs this.
   *
   * @throws RedisCommandExecutionException if Redis refused the read
   */
  FillResult<V> run() {
    try {
      return acquireAndFill();
    } catch (RedisCommandExecutionException e) { // out of memory, for example
      if (reads) {
        throw e; // the read was refused, not the lease
      }
      tools.meters().refusals().record(e);
      meters.count(CacheEvent.FILL_REJECTED);
      return new FillResult.Refused<>();
    }
  }

  /** How the fill ended for those who waited for it. */
  SharedFill.Ending ending() {
    return ending;
  }

  private FillResult<V> acquireAndFill() {
    byte @Nullable [] voided = null; // found in Redis, but void, unreadable or of an older version
    Deadline leaseWait = Deadline.after(tools.properties().leaseWait(), tools.clock());
    while (true) {
      FillLease lease = new FillLease(lookup);
      NearCache.Mark mark = reads ? lookup.near().mark(lookup.key(), lookup.connection()) : null;
      switch (acquire(lease, voided)) {
        case Admission.Granted granted -> {
          recordMiss();
          return loadAndStore(lease);
        }
        case Admission.Present present -> {
          StoredValue stored = present.stored();
          LoadResult<V> found = tools.documents().read(lookup, stored);
          if (found != null) {
            ending = SharedFill.Ending.LOOK_AGAIN;
            long owner = found.owner(lookup.resource(), lookup.key());
            lookup.near().put(mark, lookup.key(), owner, found, stored);
            return answer(found, CacheStatus.hit(stored.ttlMillis(), null));
          }
          recordMiss();
          if (tools.documents().isNewer(lookup, stored)) {
            return loadBeside(stored);
          }
          tools.documents().recordOverwrite(lookup, stored);
          voided = stored.bytes();
        }
        case Admission.Denied denied -> {
          recordMiss();
          if (leaseWait.passed() || redisTime().passed()) {
            return new FillResult.Refused<>();
          }
          awaitLease();
        }
      }
    }
  }

  /** Requests the lease. If nobody has read the entry before, this is the lookup's read. */
  private Admission acquire(FillLease lease, byte @Nullable [] voided) {
    try {
      return spans()
          .trace(
              "redis lease",
              lookup.key(),
              () -> lease.acquire(tools.properties().leaseTtl(), voided, redisTime()));
    } catch (FillLease.RefusedException | CacheUnavailableException e) {
      recordMiss();
      throw e;
    }
  }

  /** Counts a miss, unless an earlier read of the lookup has counted it. */
  private void recordMiss() {
    if (reads) {
      reads = false;
      meters.count(CacheEvent.MISS);
      CacheLog.missed(lookup.resource(), lookup.key());
    }
  }

  /** Loads without a lease: the entry is of a newer version, and stays. */
  private FillResult<V> loadBeside(StoredValue entry) {
    LoadResult<V> loaded = load();
    tools.documents().loadedBeside(lookup.key(), entry, loaded);
    ending = SharedFill.Ending.LOOK_AGAIN;
    return answer(loaded, CacheStatus.miss());
  }

  private LoadResult<V> load() {
    CompletableFuture<LoadResult<V>> load = tools.loads().next(lookup.resource(), lookup.key());
    fill.startLoad();
    return spans().trace(RemoteLookups.LOAD_SPAN, lookup.key(), () -> lookup.budget().await(load));
  }

  private FillResult<V> loadAndStore(FillLease lease) {
    FillWriter<V> writer = new FillWriter<>(tools, lookup, lease);
    LoadResult<V> loaded = lease.orRelease(this::load); // begins after the lease was granted
    FillWriter.Outcome outcome = writer.write(loaded);
    // after an eviction, waiting callers read again: they may have called after it
    if (outcome == FillWriter.Outcome.STORED || outcome == FillWriter.Outcome.OUTDATED) {
      ending = SharedFill.Ending.LOOK_AGAIN;
    }
    boolean stored = outcome == FillWriter.Outcome.STORED;
    return answer(loaded, stored ? CacheStatus.missStored() : CacheStatus.miss());
  }

  private CacheSpans spans() {
    return tools.meters().spans();
  }

  private Deadline redisTime() {
    return lookup.budget().redis();
  }

  private static <V> FillResult<V> answer(LoadResult<V> loaded, CacheStatus status) {
    return new FillResult.Answered<>(loaded.toLookup(status));
  }

  private void awaitLease() {
    var unused =
        spans()
            .trace(
                "lease wait",
                lookup.key(),
                () -> {
                  long shortest = MIN_POLL_INTERVAL.toNanos();
                  LockSupport.parkNanos(shortest + ThreadLocalRandom.current().nextLong(shortest));
                  return true;
                });
  }
}

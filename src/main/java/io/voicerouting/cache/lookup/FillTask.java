package io.voicerouting.cache.lookup;

import io.lettuce.core.RedisCommandExecutionException;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CacheTtls;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.database.CoalescedLoads;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.lookup.FillLease.Admission;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.CacheSpans;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.cache.support.RedisRefusals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Fills one entry: asks for the lease, loads, and stores the document if the lease is still held.
 * Used once, by one thread.
 */
final class FillTask<V> {

  private static final Duration MIN_POLL_INTERVAL = Duration.ofMillis(5);

  private final CoalescedLoads loads;
  private final DocumentStore documents;
  private final CacheSpans spans;
  private final CacheMeters.Meters meters;
  private final RedisRefusals refusals;
  private final CacheProperties properties;
  private final CacheTtls.Ttl ttl;
  private final NegativeEntryLimit negativeEntries;
  private final InstantSource timeOfDay;
  private final NanoClock clock;
  private final RedisLookup<V> lookup;
  private final SharedFill fill;
  private boolean reads;
  private SharedFill.Ending ending = SharedFill.Ending.LOAD;

  /**
   * Creates a fill.
   *
   * @param reads whether nobody has read the entry before, so that the first request for the lease
   *     is the lookup's read
   */
  FillTask(
      CoalescedLoads loads,
      DocumentStore documents,
      CacheMeters.Meters meters,
      RedisRefusals refusals,
      CacheProperties properties,
      CacheTtls.Ttl ttl,
      NegativeEntryLimit negativeEntries,
      InstantSource timeOfDay,
      NanoClock clock,
      RedisLookup<V> lookup,
      SharedFill fill,
      boolean reads) {
    this.loads = loads;
    this.documents = documents;
    this.spans = documents.spans();
    this.meters = meters;
    this.refusals = refusals;
    this.properties = properties;
    this.ttl = ttl;
    this.negativeEntries = negativeEntries;
    this.timeOfDay = timeOfDay;
    this.clock = clock;
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
      refusals.record(e);
      meters.fillRejected();
      return new FillResult.Refused<>();
    }
  }

  /** How the fill ended for those who waited for it. */
  SharedFill.Ending ending() {
    return ending;
  }

  private FillResult<V> acquireAndFill() {
    byte @Nullable [] voided = null; // found in Redis, but void, unreadable or of an older version
    Deadline leaseWait = Deadline.after(properties.leaseWait(), clock);
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
          LoadResult<V> found = documents.read(lookup, stored);
          if (found != null) {
            ending = SharedFill.Ending.LOOK_AGAIN;
            long owner = found.owner(lookup.resource(), lookup.key());
            lookup.near().put(mark, lookup.key(), owner, found, stored);
            return answer(found, CacheStatus.hit(stored.ttlMillis(), null));
          }
          recordMiss();
          if (documents.isNewer(lookup, stored)) {
            return loadBeside(stored);
          }
          documents.recordOverwrite(lookup, stored);
          voided = stored.bytes();
        }
        case Admission.Denied denied -> {
          recordMiss();
          if (leaseWait.passed() || redisTime().passed()) {
            return new FillResult.Refused<>();
          }
          spans.traceAction("lease wait", lookup.key(), FillTask::pause);
        }
      }
    }
  }

  /** Requests the lease. If nobody has read the entry before, this is the lookup's read. */
  private Admission acquire(FillLease lease, byte @Nullable [] voided) {
    try {
      return spans.trace(
          "redis lease",
          lookup.key(),
          () -> lease.acquire(properties.leaseTtl(), voided, redisTime()));
    } catch (FillLease.RefusedException | CacheUnavailableException e) {
      recordMiss();
      throw e;
    }
  }

  /** Records that the read found no entry; other fills begin after a read that was recorded. */
  private void recordMiss() {
    if (reads) {
      reads = false;
      meters.miss();
      CacheLog.missed(lookup.resource(), lookup.key());
    }
  }

  /** Loads without a lease: the entry is of a newer version, and stays. */
  private FillResult<V> loadBeside(StoredValue entry) {
    LoadResult<V> loaded = load();
    documents.loadedBeside(lookup.key(), entry, loaded);
    ending = SharedFill.Ending.LOOK_AGAIN;
    return answer(loaded, CacheStatus.miss());
  }

  private LoadResult<V> load() {
    CompletableFuture<LoadResult<V>> load = loads.next(lookup.resource(), lookup.key());
    fill.startLoad();
    return spans.trace(CacheAsideEngine.LOAD_SPAN, lookup.key(), () -> lookup.budget().await(load));
  }

  private FillResult<V> loadAndStore(FillLease lease) {
    long arrivals = documents.evictions().arrivals();
    LoadResult<V> loaded = lease.orRelease(this::load); // begins after the lease was granted
    if (loaded.value() == null && !storesAbsence()) {
      lease.release();
      return answer(loaded, CacheStatus.miss());
    }
    boolean stored = store(lease, loaded, arrivals);
    if (stored) {
      meters.put();
    } else {
      meters.fillRejected();
    }
    return answer(loaded, stored ? CacheStatus.missStored() : CacheStatus.miss());
  }

  private boolean storesAbsence() {
    if (!lookup.resource().storesAbsence()) {
      return false;
    }
    boolean permitted = negativeEntries.permits(lookup.key());
    if (!permitted) {
      meters.negativeEntryOverLimit();
    }
    return permitted;
  }

  /**
   * Stores a document; whether Redis confirmed it. If an eviction came first, it is not stored, and
   * those who wait read again: they may have asked after the eviction.
   *
   * @param arrivals count of organization-wide evictions before the load
   */
  private boolean store(FillLease lease, LoadResult<V> loaded, long arrivals) {
    long owner = loaded.owner(lookup.resource(), lookup.key());
    if (documents.evictions().voidsLoaded(lookup.key(), owner, loaded, arrivals)) {
      lease.release();
      ending = SharedFill.Ending.LOOK_AGAIN;
      return false;
    }
    Instant now = timeOfDay.instant();
    Duration longest =
        loaded.value() == null
            ? ttl.negativeEntry()
            : ttl.forDocument(loaded.changedAt(), now);
    Duration stay = lookup.jitter().shorten(longest, ThreadLocalRandom.current());
    byte[] document = lease.orRelease(() -> documents.encode(lookup, loaded, now));
    boolean stored;
    try {
      stored =
          spans.trace(
              "redis fill", lookup.key(), () -> lease.fill(document, owner, stay, redisTime()));
    } catch (RedisCommandExecutionException e) {
      refusals.record(e);
      return false;
    } catch (CacheUnavailableException e) {
      return false;
    }
    ending = SharedFill.Ending.LOOK_AGAIN;
    if (stored) {
      documents.events().recordStored(lookup.key(), stay);
    }
    if (stored && loaded.value() == null) {
      documents.evictions().confirmAbsence(lookup.key(), arrivals);
    }
    return stored;
  }

  private Deadline redisTime() {
    return lookup.budget().redis();
  }

  private static <V> FillResult<V> answer(LoadResult<V> loaded, CacheStatus status) {
    return new FillResult.Answered<>(loaded.answered(status));
  }

  private static void pause() {
    long shortest = MIN_POLL_INTERVAL.toNanos();
    LockSupport.parkNanos(shortest + ThreadLocalRandom.current().nextLong(shortest));
  }
}

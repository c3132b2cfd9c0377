package io.voicerouting.cache.lookup;

import io.lettuce.core.RedisCommandExecutionException;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CacheTtls;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.database.CoalescedLoads;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.document.StoredValue;
import io.voicerouting.cache.lookup.FillLease.Admission;
import io.voicerouting.cache.lookup.SharedFill.Outcome;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What the leader of one flight does: it asks for the lease, loads, and stores what it loaded if it
 * still has the lease. Used once, by one thread.
 */
final class FillTask<V> {

  private static final Duration SHORTEST_POLL = Duration.ofMillis(5);

  private final CoalescedLoads loads;
  private final DocumentStore copies;
  private final CacheMeters meters;
  private final CacheProperties properties;
  private final CacheTtls.Ttl ttl;
  private final SharedFill<V> flight;
  private final CachedResource<V> resource;
  private final CacheKey key;
  private final RedisConnection session;
  private final LookupBudget time;
  private @Nullable LoadResult<V> loaded;
  private boolean stored;

  FillTask(
      CoalescedLoads loads,
      DocumentStore copies,
      CacheMeters meters,
      CacheProperties properties,
      CacheTtls.Ttl ttl,
      SharedFill<V> flight,
      CachedResource<V> resource,
      CacheKey key,
      RedisConnection session,
      LookupBudget time) {
    this.loads = loads;
    this.copies = copies;
    this.meters = meters;
    this.properties = properties;
    this.ttl = ttl;
    this.flight = flight;
    this.resource = resource;
    this.key = key;
    this.session = session;
    this.time = time;
  }

  /** What came of it, for all who joined. */
  Outcome<V> run() {
    try {
      return admitted();
    } catch (CacheUnavailableException e) {
      return new Outcome.RedisFailed<>();
    } catch (RedisCommandExecutionException e) {
      return refused(); // such as: its memory is full
    } catch (RuntimeException e) { // nothing is swallowed: all who share the flight are told
      return new Outcome.LoadFailed<>(e);
    }
  }

  /**
   * The same for the leader: what was loaded but not stored began after it asked, so it alone may
   * use it.
   */
  Outcome<V> own(Outcome<V> outcome) {
    LoadResult<V> mine = loaded;
    return mine == null ? outcome : new Outcome.Landed<>(mine, null, stored, 1);
  }

  private Outcome<V> admitted() {
    byte @Nullable [] voided = null; // found in Redis, but not to be used
    Deadline patience = Deadline.after(properties.leaseWait());
    while (true) {
      FillLease lease = new FillLease(session, key);
      int bound = flight.ticketBound();
      switch (lease.acquire(properties.leaseTtl(), voided, time.redis())) {
        case Admission.Granted granted -> {
          return fill(lease);
        }
        case Admission.Present present -> {
          StoredValue copy = present.copy();
          LoadResult<V> found = copies.read(resource, key, copy, session, time.redis());
          if (found != null) {
            return new Outcome.Landed<>(found, copy.ttlMillis(), false, bound);
          }
          voided = copy.bytes();
        }
        case Admission.Denied denied -> {
          if (patience.passed() || time.redis().passed()) {
            return refused();
          }
          pause();
        }
      }
    }
  }

  private Outcome<V> fill(FillLease lease) {
    long arrivals = copies.evictions().arrivals();
    CompletableFuture<LoadResult<V>> load = loads.next(resource, key); // begins after the grant
    flight.depart();
    LoadResult<V> fresh;
    try {
      fresh = lease.orRelease(() -> time.await(load));
    } catch (LookupBudget.OverException e) {
      return refused(); // those who joined may have more time
    }
    loaded = fresh;
    int bound = flight.close(); // before FILL is sent
    if (copies.evictions().voidsLoaded(key, fresh, arrivals)) {
      lease.release(); // who joined may have come after the mark
      count();
      return refused();
    }
    Duration longest = fresh.value() == null ? ttl.negativeEntry() : ttl.entry();
    byte[] document = lease.orRelease(() -> copies.encode(resource, fresh));
    try {
      stored = lease.fill(document, jitter(longest), time.redis());
    } finally {
      count();
    }
    if (!stored) {
      return refused();
    }
    if (fresh.value() == null) {
      copies.evictions().confirmAbsence(key, arrivals);
    }
    return new Outcome.Landed<>(fresh, null, true, bound);
  }

  /** One load for all who joined; who leads with a load of its own and alone needs none. */
  private Outcome<V> refused() {
    boolean alone = flight.close() == 1;
    LoadResult<V> own = loaded;
    return new Outcome.Refused<>(
        alone && own != null
            ? CompletableFuture.completedFuture(own)
            : loads.next(resource, key)); // begins after the last of them joined
  }

  private void count() {
    if (stored) {
      meters.of(resource).put();
    } else {
      meters.of(resource).fillRejected();
    }
  }

  private static void pause() {
    long shortest = SHORTEST_POLL.toNanos();
    LockSupport.parkNanos(shortest + ThreadLocalRandom.current().nextLong(shortest));
  }

  /** Up to a tenth shorter, so that what was stored together does not expire together. */
  private static Duration jitter(Duration ttl) {
    return ttl.minusMillis(ThreadLocalRandom.current().nextLong(ttl.toMillis() / 10 + 1));
  }
}

package io.voicerouting.cache;

import io.lettuce.core.RedisCommandExecutionException;
import io.voicerouting.cache.Flight.Outcome;
import io.voicerouting.cache.RedisSession.Admission;
import io.voicerouting.cache.RedisSession.Copy;
import io.voicerouting.cache.RedisSession.Indexing;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Misses while Redis is trusted: per key and process one caller asks for the lease, loads, and
 * stores what it loaded if it still has the lease; the others share that, if it was stored.
 */
final class FillingLoads {

  private static final Duration SHORTEST_POLL = Duration.ofMillis(5);

  private final GroupedLoads loads;
  private final Copies copies;
  private final CacheMeters meters;
  private final CacheProperties properties;
  private final String instance = UUID.randomUUID().toString();
  private final AtomicLong attempts = new AtomicLong();
  private final Map<CacheKey, Flight<?>> flights = new ConcurrentHashMap<>();

  FillingLoads(GroupedLoads loads, Copies copies, CacheMeters meters, CacheProperties properties) {
    this.loads = loads;
    this.copies = copies;
    this.meters = meters;
    this.properties = properties;
  }

  /**
   * Loads and stores a document, or shares in that.
   *
   * @param time of the caller
   * @return the outcome; null when it came from before the caller joined, who should look again
   */
  @SuppressWarnings("unchecked") // a key belongs to one resource, and that to one type
  <V> @Nullable Outcome<V> load(
      CachedResource<V> resource, CacheKey key, RedisSession session, LookupTime time) {
    Flight<V> mine = new Flight<>();
    int ticket = mine.join();
    while (true) {
      Flight<V> flight = (Flight<V>) flights.computeIfAbsent(key, same -> mine);
      if (flight.equals(mine)) {
        return lead(mine, resource, key, session, time);
      }
      ticket = flight.join();
      if (ticket >= 0) {
        if (!flight.departsWithin(time.redis())) {
          return new Outcome.Refused<>(
              loads.next(resource, key)); // Redis has had this caller's time
        }
        Outcome<V> outcome = time.await(flight.outcome());
        return outcome instanceof Outcome.Landed<V> landed && ticket >= landed.ticketBound()
            ? null
            : outcome;
      }
      flights.remove(key, flight); // it is closed: its leader is about to do the same
    }
  }

  private <V> Outcome<V> lead(
      Flight<V> flight,
      CachedResource<V> resource,
      CacheKey key,
      RedisSession session,
      LookupTime time) {
    Attempt<V> attempt = new Attempt<>(flight, resource, key, session, time);
    Outcome<V> outcome = new Outcome.RedisFailed<>();
    try {
      outcome = attempt.run();
    } catch (CacheUnavailableException e) {
      outcome = new Outcome.RedisFailed<>();
    } catch (RedisCommandExecutionException e) {
      outcome = attempt.refused(); // such as: its memory is full
    } catch (RuntimeException e) {
      outcome = new Outcome.LoadFailed<>(e);
    } finally {
      flights.remove(key, flight);
      flight.end(outcome);
    }
    // What was loaded but not stored began after the leader asked, so it alone may use it.
    Loaded<V> own = attempt.loaded;
    return own == null ? outcome : new Outcome.Landed<>(own, null, attempt.stored, 1);
  }

  /** What the leader of one flight does. */
  private final class Attempt<V> {
    private final Flight<V> flight;
    private final CachedResource<V> resource;
    private final CacheKey key;
    private final RedisSession session;
    private final LookupTime time;
    private @Nullable Loaded<V> loaded;
    private boolean stored;

    Attempt(
        Flight<V> flight,
        CachedResource<V> resource,
        CacheKey key,
        RedisSession session,
        LookupTime time) {
      this.flight = flight;
      this.resource = resource;
      this.key = key;
      this.session = session;
      this.time = time;
    }

    Outcome<V> run() {
      // Sent together with what asks for the lease: one round trip.
      Indexing indexing = session.enterInIndex(key, resource.ttl());
      Deadline patience = Deadline.after(properties.leaseWait());
      while (true) {
        String owner = instance + ":" + attempts.incrementAndGet();
        int bound = flight.ticketBound();
        switch (orRelease(owner, () -> acquire(owner))) {
          case Admission.Granted granted -> {
            // Before the load: a clear that does not find the key in the index has begun by then.
            return fill(
                owner, orRelease(owner, () -> session.awaitIndexed(indexing, time.redis())));
          }
          case Admission.Present present -> {
            Copy copy = present.copy();
            Loaded<V> found = copies.read(resource, key, copy, session, time.redis());
            if (found != null) {
              return new Outcome.Landed<>(found, copy.ttlMillis(), false, bound);
            }
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

    private Admission acquire(String owner) {
      return session.acquire(key.redisKey(), owner, properties.leaseTtl(), time.redis());
    }

    /**
     * Whatever it fails at, nobody will fill any more, and a lease that was granted, or is yet to
     * be, would keep others from it.
     */
    private <T> T orRelease(String owner, Supplier<T> part) {
      try {
        return part.get();
      } catch (RuntimeException e) {
        session.release(key.redisKey(), owner);
        throw e;
      }
    }

    private Outcome<V> fill(String owner, long latestExpiry) {
      CompletableFuture<Loaded<V>> load = loads.next(resource, key); // begins after the grant
      flight.depart();
      Loaded<V> fresh;
      try {
        fresh = orRelease(owner, () -> time.await(load));
      } catch (LookupTime.OverException e) {
        return refused(); // those who joined may have more time
      }
      loaded = fresh;
      int bound = flight.close(); // before FILL is sent
      Duration ttl = fresh.value() == null ? shorter(properties.negativeTtl()) : resource.ttl();
      byte[] document = orRelease(owner, () -> copies.encode(resource, fresh));
      try {
        stored =
            orRelease(
                owner,
                () ->
                    session.fill(
                        key.redisKey(), owner, document, jitter(ttl), latestExpiry, time.redis()));
      } finally {
        count();
      }
      return stored ? new Outcome.Landed<>(fresh, null, true, bound) : refused();
    }

    /** One load for all who joined; who leads with a load of its own and alone needs none. */
    private Outcome<V> refused() {
      boolean alone = flight.close() == 1;
      Loaded<V> own = loaded;
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

    private Duration shorter(Duration negativeTtl) {
      return negativeTtl.compareTo(resource.ttl()) < 0 ? negativeTtl : resource.ttl();
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

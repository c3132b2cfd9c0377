package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CacheTtls;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.database.CoalescedLoads;
import io.voicerouting.cache.lookup.SharedFill.Outcome;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.support.CacheMeters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Misses while Redis is trusted: per key and process one caller asks for the lease, loads, and
 * stores what it loaded if it still has the lease; the others share that, if it was stored.
 */
public final class FillCoordinator {

  private final CoalescedLoads loads;
  private final DocumentStore copies;
  private final CacheMeters meters;
  private final CacheProperties properties;
  private final CacheTtls ttls;
  private final Map<CacheKey, SharedFill<?>> flights = new ConcurrentHashMap<>();

  public FillCoordinator(
      CoalescedLoads loads,
      DocumentStore copies,
      CacheMeters meters,
      CacheProperties properties,
      CacheTtls ttls) {
    this.loads = loads;
    this.copies = copies;
    this.meters = meters;
    this.properties = properties;
    this.ttls = ttls;
  }

  /**
   * Loads and stores a document, or shares in that.
   *
   * @param time of the caller
   * @return the outcome for this caller
   * @throws LoadFailedException when the caller's time was over before there was one
   */
  @SuppressWarnings("unchecked") // a key belongs to one resource, and that to one type
  <V> Outcome<V> load(
      CachedResource<V> resource, CacheKey key, RedisConnection session, LookupBudget time) {
    SharedFill<V> mine = new SharedFill<>();
    int ticket = mine.join();
    while (true) {
      SharedFill<V> flight = (SharedFill<V>) flights.computeIfAbsent(key, same -> mine);
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
            ? new Outcome.Earlier<>()
            : outcome;
      }
      flights.remove(key, flight); // it is closed: its leader is about to do the same
    }
  }

  private <V> Outcome<V> lead(
      SharedFill<V> flight,
      CachedResource<V> resource,
      CacheKey key,
      RedisConnection session,
      LookupBudget time) {
    FillTask<V> attempt =
        new FillTask<>(
            loads,
            copies,
            meters,
            properties,
            ttls.of(resource),
            flight,
            resource,
            key,
            session,
            time);
    Outcome<V> outcome = new Outcome.RedisFailed<>();
    try {
      outcome = attempt.run();
    } finally {
      flights.remove(key, flight);
      flight.end(outcome);
    }
    return attempt.own(outcome);
  }
}

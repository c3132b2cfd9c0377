package io.voicerouting.cache.lookup;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CacheTtls;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.database.CoalescedLoads;
import io.voicerouting.cache.database.LoadFailedException;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.NanoClock;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Fills cache entries while Redis is trusted. Per key and process one caller requests the lease,
 * loads and stores; other callers wait until it ends, and read Redis again. Thread-safe.
 */
final class FillCoordinator {

  private final FillTools tools;
  private final Map<CacheKey, SharedFill> fills = new ConcurrentHashMap<>();

  FillCoordinator(
      CoalescedLoads loads,
      DocumentStore documents,
      CacheMeters meters,
      CacheProperties properties,
      CacheTtls ttls,
      InstantSource timeOfDay,
      NanoClock clock) {
    this.tools =
        new FillTools(
            loads,
            documents,
            meters,
            properties,
            ttls,
            new NegativeEntryLimit(properties.negativeEntriesPerMinute(), clock),
            timeOfDay,
            clock);
  }

  /**
   * Fills an entry that Redis does not have, or waits for the caller that is filling it.
   *
   * @throws CacheUnavailableException if Redis failed
   * @throws LoadFailedException if the load failed, or did not end within the budget
   */
  <V> FillResult<V> fill(RedisLookup<V> lookup) {
    SharedFill mine = new SharedFill();
    SharedFill other = fills.putIfAbsent(lookup.key(), mine);
    if (other == null) {
      return run(mine, lookup, false);
    }
    return switch (tools
        .meters()
        .spans()
        .trace("wait for fill", lookup.key(), () -> other.await(lookup.budget()))) {
      case LOOK_AGAIN -> new FillResult.EndedElsewhere<>();
      case LOAD -> new FillResult.Refused<>();
    };
  }

  /**
   * Reads an entry, and fills it if Redis does not have it: one round trip less than a read that is
   * followed by {@link #fill}.
   *
   * @return null if another caller fills the entry, or there is no time left for Redis
   * @throws CacheUnavailableException if Redis failed
   * @throws LoadFailedException if the load failed, or did not end within the budget
   * @throws io.lettuce.core.RedisCommandExecutionException if Redis refused the read
   */
  <V> @Nullable FillResult<V> readOrFill(RedisLookup<V> lookup) {
    if (lookup.budget().redis().passed()) {
      return null;
    }
    SharedFill mine = new SharedFill();
    return fills.putIfAbsent(lookup.key(), mine) == null ? run(mine, lookup, true) : null;
  }

  private <V> FillResult<V> run(SharedFill fill, RedisLookup<V> lookup, boolean reads) {
    FillTask<V> task = new FillTask<>(tools, lookup, fill, reads);
    try {
      return task.run();
    } catch (LookupBudget.OverException e) {
      throw e; // waiting callers may have more time
    } catch (RuntimeException e) {
      fills.remove(lookup.key(), fill);
      fill.fail(e);
      throw e;
    } finally {
      fills.remove(lookup.key(), fill); // first: a caller that looks again may be the next to fill
      fill.end(task.ending());
    }
  }
}

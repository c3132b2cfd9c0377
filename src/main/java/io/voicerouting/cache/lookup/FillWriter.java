package io.voicerouting.cache.lookup;

import io.lettuce.core.RedisCommandExecutionException;
import io.voicerouting.cache.CacheTtls;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.document.LoadResult;
import io.voicerouting.cache.eviction.OrganizationEvictions;
import io.voicerouting.cache.support.CacheEvent;
import io.voicerouting.cache.support.ResourceMeters;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Stores what a fill loads, with the lease of the fill, and counts how that ended. Create it before
 * the load. Used once, by one thread.
 */
final class FillWriter<V> {

  private final FillTools tools;
  private final ResourceMeters meters;
  private final RedisLookup<V> lookup;
  private final FillLease lease;
  private final long arrivals; // organization-wide evictions before the load

  FillWriter(FillTools tools, RedisLookup<V> lookup, FillLease lease) {
    this.tools = tools;
    this.meters = tools.meters().of(lookup.resource());
    this.lookup = lookup;
    this.lease = lease;
    this.arrivals = tools.documents().evictions().arrivals();
  }

  /** How a write ended. */
  enum Outcome {
    /** Redis confirmed the document. */
    STORED,
    /** An eviction came first, or the lease was gone. */
    OUTDATED,
    /** Redis did not confirm the document. */
    UNCONFIRMED,
    /** The document is absent, and absence is not stored. */
    SKIPPED
  }

  /** Stores a document, unless an eviction came first. If absence is not stored, ends the lease. */
  Outcome write(LoadResult<V> loaded) {
    if (loaded.value() == null && !storesAbsence()) {
      lease.release();
      return Outcome.SKIPPED;
    }
    Outcome outcome = store(loaded);
    meters.count(outcome == Outcome.STORED ? CacheEvent.PUT : CacheEvent.FILL_REJECTED);
    return outcome;
  }

  private boolean storesAbsence() {
    if (!lookup.resource().storesAbsence()) {
      return false;
    }
    if (tools.negativeEntries().permits(lookup.key())) {
      return true;
    }
    meters.count(CacheEvent.NEGATIVE_OVER_LIMIT);
    return false;
  }

  private Outcome store(LoadResult<V> loaded) {
    OrganizationEvictions evictions = tools.documents().evictions();
    long owner = loaded.owner(lookup.resource(), lookup.key());
    if (evictions.voidsLoaded(lookup.key(), owner, loaded, arrivals)) {
      lease.release();
      return Outcome.OUTDATED;
    }
    Instant now = tools.timeOfDay().instant();
    Duration entryTtl = entryTtl(loaded, now);
    byte[] document = lease.orRelease(() -> tools.documents().encode(lookup, loaded, now));
    try {
      if (!fill(document, owner, entryTtl)) {
        return Outcome.OUTDATED;
      }
    } catch (RedisCommandExecutionException e) {
      tools.meters().refusals().record(e);
      return Outcome.UNCONFIRMED;
    } catch (CacheUnavailableException e) {
      return Outcome.UNCONFIRMED;
    }
    tools.meters().events().recordStored(lookup.key(), entryTtl);
    if (loaded.value() == null) {
      evictions.confirmAbsence(lookup.key(), arrivals);
    }
    return Outcome.STORED;
  }

  private Duration entryTtl(LoadResult<V> loaded, Instant now) {
    CacheTtls.Ttl ttl = tools.ttls().of(lookup.resource());
    Duration longest =
        loaded.value() == null ? ttl.negativeEntry() : ttl.forDocument(loaded.changedAt(), now);
    return lookup.jitter().shorten(longest, ThreadLocalRandom.current());
  }

  private boolean fill(byte[] document, long owner, Duration entryTtl) {
    return tools
        .meters()
        .spans()
        .trace(
            "redis fill",
            lookup.key(),
            () -> lease.fill(document, owner, entryTtl, lookup.budget().redis()));
  }
}

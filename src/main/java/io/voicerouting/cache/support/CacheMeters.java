package io.voicerouting.cache.support;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import io.voicerouting.cache.CacheSummary;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.EvictionCause;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The meters of each resource: Micrometer's cache names ({@code cache.gets}, {@code cache.puts},
 * {@code cache.evictions}, {@code cache.load.duration}) and some of the service. No tag holds a key
 * or an organization.
 */
public final class CacheMeters {

  /** Buckets, which can be added up over instances; percentiles cannot. */
  private static final Duration[] LOAD_TIMES =
      IntStream.of(5, 10, 25, 50, 100, 300).mapToObj(Duration::ofMillis).toArray(Duration[]::new);

  /** Redis itself removes what has expired. */
  private static final Set<EvictionCause> EVICTING =
      EnumSet.complementOf(EnumSet.of(EvictionCause.EXPIRED));

  private final Map<String, Meters> byResource;
  private final RedisRefusals refusals;
  private final EntryEvents events;
  private final CacheSpans spans;
  private final Map<WriterWait, Timer> writerWaits = new EnumMap<>(WriterWait.class);

  public CacheMeters(
      MeterRegistry registry,
      Collection<? extends CachedResource<?>> resources,
      EntryEvents events,
      CacheSpans spans,
      NanoClock clock) {
    this.events = events;
    this.spans = spans;
    for (WriterWait wait : WriterWait.values()) {
      writerWaits.put(
          wait,
          Timer.builder("routing.cache.writer.wait")
              .description("Time from a commit until its evictions are confirmed")
              .tag("result", wait.name().toLowerCase(Locale.ROOT))
              .serviceLevelObjectives(LOAD_TIMES)
              .register(registry));
    }
    this.refusals = new RedisRefusals(registry, clock);
    this.byResource =
        resources.stream()
            .map(CachedResource::name)
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), name -> new Meters(registry, name)));
  }

  /** How the wait of a writer ended. */
  public enum WriterWait {
    /** Each registered reign has confirmed. */
    CONFIRMED,
    /** The time was over: by then no instance uses what was not evicted. */
    TIMEOUT,
    /** A whole organization was evicted, which always takes the whole time. */
    ORGANIZATION_WIDE
  }

  /** Meters of one resource. */
  public static final class Meters {
    private final Counter hits;
    private final Counter nearHits;
    private final Counter misses;
    private final Counter puts;
    private final Map<EvictionCause, Counter> evictions = new EnumMap<>(EvictionCause.class);
    private final Timer loads;
    private final Counter failedLoads;
    private final Counter rejectedFills;
    private final Counter negativeEntriesOverLimit;
    private final Counter fallbacks;
    private final Counter unreadable;
    private final Counter voided;
    private final Counter degraded;
    private final Counter refusedLoads;
    private final Counter otherVersion;

    Meters(MeterRegistry registry, String cache) {
      Tags tags = Tags.of("cache", cache);
      hits = registry.counter("cache.gets", tags.and("result", "hit"));
      nearHits = registry.counter("routing.cache.near.hits", tags);
      misses = registry.counter("cache.gets", tags.and("result", "miss"));
      puts = registry.counter("cache.puts", tags);
      for (EvictionCause cause : EVICTING) {
        evictions.put(cause, registry.counter("cache.evictions", tags.and("cause", cause.code())));
      }
      loads =
          Timer.builder("cache.load.duration")
              .description("Time to load a document from the database")
              .tags(tags)
              .serviceLevelObjectives(LOAD_TIMES)
              .publishPercentiles(0.5, 0.99) // for the summary; Prometheus gets the buckets
              .distributionStatisticExpiry(Duration.ofHours(1))
              .register(registry);
      failedLoads = registry.counter("routing.cache.loads.failed", tags);
      rejectedFills = registry.counter("routing.cache.fills.rejected", tags);
      negativeEntriesOverLimit = registry.counter("routing.cache.negative.over.limit", tags);
      fallbacks = registry.counter("routing.cache.fallbacks", tags);
      unreadable = registry.counter("routing.cache.values.unreadable", tags);
      voided = registry.counter("routing.cache.values.voided", tags);
      degraded = registry.counter("routing.cache.lookups.degraded", tags);
      refusedLoads = registry.counter("routing.cache.loads.refused", tags);
      otherVersion = registry.counter("routing.cache.values.other.version", tags);
    }

    public void hit() {
      hits.increment();
    }

    /** Counts a hit of the near cache; it also counts as a hit. */
    public void nearHit() {
      hits.increment();
      nearHits.increment();
    }

    public void miss() {
      misses.increment();
    }

    public void put() {
      puts.increment();
    }

    public void loaded(long nanos) {
      loads.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Counts a load that was refused because too many were running; it has also failed. */
    public void loadRefused() {
      refusedLoads.increment();
    }

    /** Counts a hit that may be stale because the database is down. */
    public void degraded() {
      degraded.increment();
    }

    public void loadFailed() {
      failedLoads.increment();
    }

    public void fillRejected() {
      rejectedFills.increment();
    }

    /** "No such row" was not stored, because there were too many in this minute. */
    public void negativeEntryOverLimit() {
      negativeEntriesOverLimit.increment();
    }

    public void fallback() {
      fallbacks.increment();
    }

    /** Counts an entry that could not be read and was removed. */
    public void unreadable() {
      unreadable.increment();
      evicted(EvictionCause.UNREADABLE, 1);
    }

    private void evicted(EvictionCause cause, long count) {
      Counter counter = evictions.get(cause);
      if (counter != null) {
        counter.increment((double) count);
      }
    }

    /** A document was found that an organization-wide eviction has voided. */
    public void voided() {
      voided.increment();
    }

    /** Counts an entry of an older version that a fill overwrites. */
    public void overwritten() {
      evicted(EvictionCause.SCHEMA_VERSION, 1);
    }

    /** An entry was found that an older or a newer version of the service has stored. */
    public void otherVersion() {
      otherVersion.increment();
    }

    public CacheSummary.ResourceFigures figures() {
      long hitCount = (long) hits.count();
      long missCount = (long) misses.count();
      HistogramSnapshot load = loads.takeSnapshot();
      return new CacheSummary.ResourceFigures(
          hitCount,
          missCount,
          hitCount + missCount == 0 ? null : (double) hitCount / (hitCount + missCount),
          load.count(),
          percentile(load, 0.5),
          percentile(load, 0.99),
          (long) evictions.values().stream().mapToDouble(Counter::count).sum(),
          (long) rejectedFills.count(),
          (long) fallbacks.count());
    }

    private static @Nullable Double percentile(HistogramSnapshot snapshot, double which) {
      if (snapshot.count() == 0) {
        return null;
      }
      for (ValueAtPercentile value : snapshot.percentileValues()) {
        if (value.percentile() == which) {
          return value.value(TimeUnit.MILLISECONDS);
        }
      }
      return null;
    }
  }

  /** Refusals of Redis, of all resources. */
  public RedisRefusals refusals() {
    return refusals;
  }

  public Meters of(CachedResource<?> resource) {
    Meters meters = byResource.get(resource.name());
    if (meters == null) {
      throw new IllegalArgumentException(
          "resource: '" + resource.name() + "' (expected: one of " + byResource.keySet() + ")");
    }
    return meters;
  }

  /** Records how long a writer has waited for evictions. */
  public void writerWaited(WriterWait result, long nanos) {
    Timer timer = writerWaits.get(result);
    if (timer != null) {
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** Creates spans. */
  public CacheSpans spans() {
    return spans;
  }

  /** What this instance remembers of entries. */
  public EntryEvents events() {
    return events;
  }

  /** Counts evicted entries; unknown resources, of another version, are ignored. */
  public void evicted(String resource, EvictionCause cause, long count) {
    Meters meters = byResource.get(resource);
    if (meters != null && count > 0) {
      meters.evicted(cause, count);
    }
  }

  public Map<String, CacheSummary.ResourceFigures> figures() {
    return byResource.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().figures()));
  }
}

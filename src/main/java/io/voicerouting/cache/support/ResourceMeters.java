package io.voicerouting.cache.support;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.voicerouting.cache.CacheSummary;
import io.voicerouting.cache.EvictionCause;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The meters of one resource. No tag holds a key or an organization. */
public final class ResourceMeters {

  /** Buckets, which can be added up over instances; percentiles cannot. */
  static final Duration[] BUCKETS =
      IntStream.of(5, 10, 25, 50, 100, 300).mapToObj(Duration::ofMillis).toArray(Duration[]::new);

  /** Redis itself removes what has expired. */
  private static final Set<EvictionCause> EVICTING =
      EnumSet.complementOf(EnumSet.of(EvictionCause.EXPIRED));

  private final Map<CacheEvent, Counter> counters = new EnumMap<>(CacheEvent.class);
  private final Map<EvictionCause, Counter> evictions = new EnumMap<>(EvictionCause.class);
  private final Timer loads;

  ResourceMeters(MeterRegistry registry, String resource) {
    Tags tags = Tags.of("cache", resource);
    for (CacheEvent event : CacheEvent.values()) {
      counters.put(event, registry.counter(event.meter(), tags.and(event.tags())));
    }
    for (EvictionCause cause : EVICTING) {
      evictions.put(cause, registry.counter("cache.evictions", tags.and("cause", cause.code())));
    }
    loads =
        Timer.builder("cache.load.duration")
            .description("Time to load a document from the database")
            .tags(tags)
            .serviceLevelObjectives(BUCKETS)
            .publishPercentiles(0.5, 0.99) // for the summary; Prometheus gets the buckets
            .distributionStatisticExpiry(Duration.ofHours(1))
            .register(registry);
  }

  public void count(CacheEvent event) {
    counter(event).increment();
  }

  private Counter counter(CacheEvent event) {
    return Objects.requireNonNull(counters.get(event));
  }

  /** Records a load that has succeeded. */
  public void recordLoad(long nanos) {
    loads.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Counts evicted entries. */
  public void countEvictions(EvictionCause cause, long count) {
    Counter counter = evictions.get(cause);
    if (counter != null) {
      counter.increment((double) count);
    }
  }

  public CacheSummary.ResourceFigures figures() {
    long hits = (long) counter(CacheEvent.HIT).count();
    long misses = (long) counter(CacheEvent.MISS).count();
    HistogramSnapshot load = loads.takeSnapshot();
    return new CacheSummary.ResourceFigures(
        hits,
        misses,
        hits + misses == 0 ? null : (double) hits / (hits + misses),
        load.count(),
        percentile(load, 0.5),
        percentile(load, 0.99),
        (long) evictions.values().stream().mapToDouble(Counter::count).sum(),
        (long) counter(CacheEvent.FILL_REJECTED).count(),
        (long) counter(CacheEvent.FALLBACK).count());
  }

  private static @Nullable Double percentile(HistogramSnapshot snapshot, double which) {
    return Arrays.stream(snapshot.percentileValues())
        .filter(value -> snapshot.count() > 0 && value.percentile() == which)
        .findFirst()
        .map(value -> value.value(TimeUnit.MILLISECONDS))
        .orElse(null);
  }
}

package io.voicerouting.cache.support;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.voicerouting.cache.CacheSummary;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.EvictionCause;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the engine reports: meters of each resource, spans, refusals of Redis, and losses. */
public final class CacheMeters {

  private final Map<String, ResourceMeters> byResource;
  private final RedisRefusals refusals;
  private final EntryEvents events;
  private final CacheSpans spans;
  private final Map<WriterWait, Timer> writerWaits = new EnumMap<>(WriterWait.class);

  public CacheMeters(
      MeterRegistry registry,
      List<CachedResource<?>> resources,
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
              .serviceLevelObjectives(ResourceMeters.BUCKETS)
              .register(registry));
    }
    this.refusals = new RedisRefusals(registry, clock);
    this.byResource =
        resources.stream()
            .map(CachedResource::name)
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), name -> new ResourceMeters(registry, name)));
  }

  /** How the wait of a writer ended. */
  public enum WriterWait {
    /** Each registered reign has confirmed. */
    CONFIRMED,
    /**
     * The wait ended without confirmation. By then no instance uses the entries that were not
     * evicted.
     */
    TIMEOUT,
    /** A whole organization was evicted, which always takes the whole time. */
    ORGANIZATION_WIDE
  }

  /** Refusals of Redis, of all resources. */
  public RedisRefusals refusals() {
    return refusals;
  }

  public ResourceMeters of(CachedResource<?> resource) {
    ResourceMeters meters = byResource.get(resource.name());
    if (meters == null) {
      throw new IllegalArgumentException(
          "resource: '" + resource.name() + "' (expected: one of " + byResource.keySet() + ")");
    }
    return meters;
  }

  /** Records how long a writer has waited for evictions. */
  public void recordWriterWait(WriterWait result, long nanos) {
    Objects.requireNonNull(writerWaits.get(result)).record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Creates spans. */
  public CacheSpans spans() {
    return spans;
  }

  /** The recorded events of entries. */
  public EntryEvents events() {
    return events;
  }

  /** Counts evicted entries; unknown resources, of another version, are ignored. */
  public void countEvictions(String resource, EvictionCause cause, long count) {
    ResourceMeters meters = byResource.get(resource);
    if (meters != null) {
      meters.countEvictions(cause, count);
    }
  }

  public Map<String, CacheSummary.ResourceFigures> figures() {
    return byResource.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().figures()));
  }
}

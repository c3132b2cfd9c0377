package io.voicerouting.cache.near;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.cache.support.CacheMeters;

/** Gauges of the near cache as a whole; its hits are counted by resource in {@link CacheMeters}. */
public final class NearMeters {

  private NearMeters() {}

  public static void register(MeterRegistry registry, NearCache near) {
    Gauge.builder("routing.cache.near.entries", near, cache -> (double) cache.entries())
        .description("Documents in the near cache")
        .register(registry);
    Gauge.builder("routing.cache.near.weight", near, cache -> (double) cache.weightBytes())
        .description("Approximate heap of the near cache")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("routing.cache.near.trusted", near, cache -> cache.trusted() ? 1 : 0)
        .description("Whether the near cache is trusted: 1 or 0")
        .register(registry);
  }
}

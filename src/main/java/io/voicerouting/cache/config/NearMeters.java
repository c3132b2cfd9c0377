package io.voicerouting.cache.config;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.cache.near.NearCache;
import io.voicerouting.cache.node.RedisNodes;

/** Figures of the near caches as a whole; hits are counted by resource. */
final class NearMeters {

  private NearMeters() {}

  static void register(MeterRegistry registry, RedisNodes nodes) {
    Gauge.builder("routing.cache.near.entries", nodes, all -> (double) entries(all))
        .description("Documents in the near cache")
        .register(registry);
    Gauge.builder("routing.cache.near.weight", nodes, all -> (double) weightBytes(all))
        .description("Approximate heap of the near cache")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("routing.cache.near.trusted", nodes, all -> isTrusted(all) ? 1 : 0)
        .description("Whether the near cache is trusted: 1 or 0")
        .register(registry);
  }

  /** Returns the approximate number of documents. */
  static long entries(RedisNodes nodes) {
    return nodes.all().stream().mapToLong(node -> node.near().entries()).sum();
  }

  /** Returns the approximate heap that they take, in bytes. */
  static long weightBytes(RedisNodes nodes) {
    return nodes.all().stream().mapToLong(node -> node.near().weightBytes()).sum();
  }

  /** Whether every primary's near cache is trusted now. */
  static boolean isTrusted(RedisNodes nodes) {
    return nodes.all().stream().map(node -> node.near()).allMatch(NearCache::trusted);
  }
}

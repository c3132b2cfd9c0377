package io.voicerouting.cache.config;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.cache.redis.ClusterTopology;
import io.voicerouting.cache.redis.Redirection;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Changes of a Redis Cluster. */
final class TopologyMeters {

  private TopologyMeters() {}

  static void register(MeterRegistry registry, ClusterTopology topology) {
    FunctionCounter.builder("routing.cache.topology.changes", topology.changes(), AtomicLong::get)
        .description("Changes of the primaries of a Redis Cluster or of their slots")
        .register(registry);
    for (Redirection.Kind kind : Redirection.Kind.values()) {
      FunctionCounter.builder(
              "routing.cache.redis.redirects", topology.redirections(kind), AtomicLong::get)
          .description("Commands that a server of a Redis Cluster has redirected")
          .tag("kind", kind.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }
}

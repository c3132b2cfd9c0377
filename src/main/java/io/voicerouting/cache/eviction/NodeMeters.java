package io.voicerouting.cache.eviction;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.voicerouting.cache.TrustLevel;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.redis.Trust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** State and trust of each Redis primary. They follow the list of primaries. */
final class NodeMeters {

  private final MultiGauge states;
  private final MultiGauge trustAges;
  private List<RedisNode> shown = List.of();

  NodeMeters(MeterRegistry registry) {
    states =
        MultiGauge.builder("routing.cache.node.state")
            .description("Whether a Redis primary is in this state of trust: 1 or 0")
            .register(registry);
    trustAges =
        MultiGauge.builder("routing.cache.node.trust.age")
            .description("Time since the start of the last pass that granted trust in a primary")
            .baseUnit("seconds")
            .register(registry);
  }

  /** Shows these primaries from now on. */
  void show(List<RedisNode> nodes) {
    if (nodes.equals(shown)) {
      return;
    }
    shown = nodes;
    List<MultiGauge.Row<?>> stateRows = new ArrayList<>();
    List<MultiGauge.Row<?>> ageRows = new ArrayList<>();
    for (RedisNode node : nodes) {
      Tags tags = Tags.of("node", node.name());
      for (TrustLevel level : TrustLevel.values()) {
        stateRows.add(
            MultiGauge.Row.of(
                tags.and("state", level.code()), node, one -> state(one) == level ? 1 : 0));
      }
      ageRows.add(MultiGauge.Row.of(tags, node, NodeMeters::trustAgeSeconds));
    }
    states.register(stateRows, true);
    trustAges.register(ageRows, true);
  }

  /** Returns how far a primary is trusted now. */
  static TrustLevel state(RedisNode node) {
    return switch (node.trust().state()) {
      case Trust.State.Trusted trusted -> TrustLevel.TRUSTED;
      case Trust.State.Degraded degraded -> TrustLevel.DEGRADED;
      case Trust.State.Unavailable unavailable -> TrustLevel.UNAVAILABLE;
    };
  }

  /** Not a number before the first trust. */
  private static double trustAgeSeconds(RedisNode node) {
    Long millis = node.trust().ageMillis();
    return millis == null ? Double.NaN : (double) millis / Duration.ofSeconds(1).toMillis();
  }
}

package io.voicerouting.cache.config;

import io.voicerouting.cache.CacheSummary;
import io.voicerouting.cache.TrustLevel;
import io.voicerouting.cache.eviction.RelayObserver;
import io.voicerouting.cache.node.RedisNode;
import io.voicerouting.cache.node.RedisNodes;
import io.voicerouting.cache.redis.RedisGuards;
import io.voicerouting.cache.support.RedisRefusals;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Reports whether Redis is trusted, without querying it. If Redis is down, the service answers from
 * the database, so it stays in rotation.
 */
final class RedisHealth extends AbstractHealthIndicator {

  private static final Status DEGRADED = new Status("DEGRADED", "Answers come from the database");

  private final RelayObserver relay;
  private final RedisGuards guards;
  private final RedisRefusals refusals;
  private final RedisNodes nodes;

  RedisHealth(RelayObserver relay, RedisGuards guards, RedisRefusals refusals, RedisNodes nodes) {
    this.relay = relay;
    this.guards = guards;
    this.refusals = refusals;
    this.nodes = nodes;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    CacheSummary.Redis redis = relay.redis();
    builder
        .status(redis.state() == TrustLevel.UNAVAILABLE ? DEGRADED : Status.UP)
        .withDetail("state", redis.state().code());
    List<String> missing = guards.missing().stream().map(Object::toString).sorted().toList();
    if (!missing.isEmpty()) {
      builder.withDetail("missing_guards", missing);
    }
    if (!redis.primaries().isEmpty()) {
      builder.withDetail(
          "primaries",
          redis.primaries().stream()
              .collect(
                  Collectors.toMap(
                      CacheSummary.Primary::address, primary -> primary.state().code())));
    }
    addIfPresent(builder, "cause", redis.state() == TrustLevel.TRUSTED ? null : relay.cause());
    addIfPresent(builder, "refusal", refusals.recent());
    addIfPresent(builder, "tracking_refusal", trackingRefusals());
    addIfPresent(builder, "trust_age_ms", redis.trustAgeMs());
  }

  private @Nullable String trackingRefusals() {
    List<String> refusals = new ArrayList<>();
    for (RedisNode node : nodes.all()) {
      String refusal = node.near().refusal();
      if (refusal != null) {
        refusals.add(node.isClustered() ? node.name() + ": " + refusal : refusal);
      }
    }
    return refusals.isEmpty() ? null : String.join("; ", refusals);
  }

  private static void addIfPresent(Health.Builder builder, String name, @Nullable Object value) {
    if (value != null) {
      builder.withDetail(name, value);
    }
  }
}

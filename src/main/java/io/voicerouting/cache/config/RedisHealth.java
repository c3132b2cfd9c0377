package io.voicerouting.cache.config;

import io.voicerouting.cache.CacheSummary;
import io.voicerouting.cache.TrustLevel;
import io.voicerouting.cache.eviction.RelayObserver;
import io.voicerouting.cache.redis.RedisGuards;
import java.util.List;
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

  RedisHealth(RelayObserver relay, RedisGuards guards) {
    this.relay = relay;
    this.guards = guards;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    CacheSummary.Redis redis = relay.redis();
    builder
        .status(redis.state() == TrustLevel.UNAVAILABLE ? DEGRADED : Status.UP)
        .withDetail("state", redis.state().code());
    List<String> missing = guards.missing().stream().map(RedisGuards.Guard::setting).toList();
    if (!missing.isEmpty()) {
      builder.withDetail("missing_guards", missing);
    }
    Long age = redis.trustAgeMs();
    if (age != null) {
      builder.withDetail("trust_age_ms", age);
    }
  }
}

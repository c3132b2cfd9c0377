package io.voicerouting.cache.redis;

import static io.voicerouting.cache.redis.RedisGuards.Guard.DOWN_AFTER;
import static io.voicerouting.cache.redis.RedisGuards.Guard.MAXMEMORY_POLICY;
import static io.voicerouting.cache.redis.RedisGuards.Guard.MIN_REPLICAS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.RedisReplication;
import io.voicerouting.testing.ThreadLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisGuardsTest {

  private static final String SERVER = "redis:6379";

  private final AtomicLong nanos = new AtomicLong();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RedisClient client = RedisClient.create();
  private List<SentinelMaster> views = List.of();

  @AfterEach
  void closeClient() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }

  @Test
  void missingGuardIsReportedOnceUntilItIsSet() {
    try (RedisReplication redis = BackingServers.startRedisReplication();
        ThreadLog log = ThreadLog.listen()) {
      RedisGuards guards = check(redis.primary());
      assertThat(guards.missing())
          .extracting(RedisGuards.Missing::guard)
          .containsExactly(MIN_REPLICAS);
      assertThat(gauge(MIN_REPLICAS)).isEqualTo(1);
      redis.primary().guardWrites();
      guards.run();
      assertThat(guards.missing())
          .extracting(RedisGuards.Missing::guard)
          .containsExactly(MIN_REPLICAS); // asked once a minute

      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
      guards.run();
      assertThat(guards.missing()).isEmpty();
      assertThat(gauge(MIN_REPLICAS)).isZero();
      assertThat(log.messages())
          .filteredOn(message -> message.contains("min-replicas-to-write 1"))
          .hasSize(1);
    }
  }

  @Test
  void serverWithoutReplicasNeedsNoneAndItsPolicyIsChecked() {
    try (RedisInstance redis = BackingServers.startRedis("maxmemory-policy allkeys-lru")) {
      assertThat(check(redis).missing())
          .extracting(RedisGuards.Missing::guard)
          .containsExactly(MAXMEMORY_POLICY);
    }
  }

  @Test
  void sentinelThatIsAsQuickAsTheShortestLagIsReported() {
    try (RedisInstance redis = BackingServers.startRedis()) {
      views = List.of(view(Duration.ofSeconds(5), 0), view(Duration.ofSeconds(1), 0));
      RedisGuards guards = check(redis);
      assertThat(guards.missing())
          .extracting(RedisGuards.Missing::guard)
          .containsExactly(DOWN_AFTER);

      views = List.of(view(Duration.ofMillis(1001), 0));
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
      guards.run();
      assertThat(guards.missing()).isEmpty();
    }
  }

  @Test
  void primaryWhoseReplicasAreAllDownNeedsTheGuardToo() {
    try (RedisInstance redis = BackingServers.startRedis()) {
      views = List.of(view(Duration.ofSeconds(5), 2));

      assertThat(check(redis).missing())
          .extracting(RedisGuards.Missing::guard)
          .containsExactly(MIN_REPLICAS);
    }
  }

  @Test
  void viewIsReadFromTheReplyOfASentinel() {
    Map<String, String> reply =
        Map.of(
            "ip", "10.0.0.1",
            "port", "6379",
            "config-epoch", "3",
            "down-after-milliseconds", "1000",
            "num-slaves", "2");

    assertThat(SentinelMaster.of(reply))
        .isEqualTo(new SentinelMaster("10.0.0.1", 6379, 3, Duration.ofSeconds(1), 2));
  }

  private static SentinelMaster view(Duration downAfter, long replicas) {
    return new SentinelMaster("localhost", 6379, 1, downAfter, replicas);
  }

  @Test
  void guardThatNoSentinelReportsIsNotMissing() {
    try (RedisInstance redis = BackingServers.startRedis()) {
      assertThat(check(redis).missing()).isEmpty();
    }
  }

  @Test
  void missingPermissionToRunScriptsIsReportedWithTheServer() {
    try (RedisInstance redis = BackingServers.startRedis("user default on nopass ~* +@all -eval");
        ThreadLog log = ThreadLog.listen()) {
      RedisGuards guards = check(redis);

      assertThat(guards.missing()).hasToString("[evalsha (redis:6379)]");
      assertThat(log.messages())
          .filteredOn(
              message ->
                  message.contains(
                      "Redis at redis:6379 lacks what is recommended: permit eval and evalsha"))
          .hasSize(1);
    }
  }

  private RedisGuards check(RedisInstance redis) {
    RedisURI uri = RedisURI.create(redis.host(), redis.port());
    PrimaryLocator locator =
        new PrimaryLocator() {
          @Override
          public List<RedisServer> candidates(@Nullable RedisServer last) {
            return List.of(new RedisServer.Discovered(client, uri));
          }

          @Override
          public List<SentinelMaster> views() {
            return views;
          }
        };
    ConnectionHolder connections =
        new ConnectionHolder(
            locator, Duration.ofSeconds(5), new Trust(nanos::get, () -> {}), nanos::get);
    connections.adopt(connections.open());
    RedisGuards guards =
        new RedisGuards(() -> Map.of(SERVER, connections), locator, registry, nanos::get);
    guards.run();
    return guards;
  }

  private double gauge(RedisGuards.Guard guard) {
    return registry
        .get("routing.cache.redis.guard.missing")
        .tag("guard", guard.setting())
        .gauge()
        .value();
  }
}

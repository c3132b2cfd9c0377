package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.Calls;
import io.voicerouting.testing.RedisCluster;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.SentinelGroup;
import io.voicerouting.testing.SentinelInstance;
import io.voicerouting.testing.TestTokens;
import io.voicerouting.testing.TlsFiles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/** Redis servers that the service finds by itself, over TLS. */
class TlsDiscoveryTest extends AbstractTlsTest {

  @Test
  void sentinelsAndThePrimaryThatTheyNameAreUsedOverTls() {
    TlsFiles servers = files("servers", authority.issue(VALIDITY), authority);
    TlsFiles client = files("client", authority.issue(VALIDITY), authority);
    try (RedisInstance redis = BackingServers.startRedis(servers.redis("requirepass of-redis"));
        SentinelInstance sentinel =
            SentinelGroup.startLoneSentinel(redis, servers.redis("requirepass of-sentinel"));
        ConfigurableApplicationContext service =
            start(
                BackingServers.shared().jdbcUrl(),
                client,
                client,
                "--REDIS_SENTINEL_MASTER=" + sentinel.group(),
                "--REDIS_SENTINEL_NODES=localhost:1,localhost:" + sentinel.port(),
                "--REDIS_SENTINEL_PASSWORD=of-sentinel",
                "--REDIS_PASSWORD=of-redis")) {
      Calls ops = calls(service, TestTokens.OPS);
      awaitState(ops, "trusted");
      await()
          .until(
              () ->
                  ops.get("/actuator/health")
                      .body()
                      .at("/components/redis/details/missing_guards/0")
                      .stringValue(""),
              "down-after-milliseconds"::equals);
    }
  }

  /** With the ACL of the README, and two servers that permit less. */
  @Test
  void clusterIsUsedOverTlsAndWhatAServerLacksIsReported(CapturedOutput output) {
    TlsFiles servers = files("servers", authority.issue(VALIDITY), authority);
    TlsFiles client = files("client", authority.issue(VALIDITY), authority);
    try (RedisCluster cluster = BackingServers.startRedisCluster(servers.redis())) {
      List<RedisInstance> primaries = cluster.servers().subList(0, 3);
      forbid(primaries.get(1), "client|tracking");
      forbid(primaries.get(2), "eval");
      try (ConfigurableApplicationContext service =
          start(
              BackingServers.shared().jdbcUrl(),
              client,
              client,
              "--REDIS_CLUSTER_NODES=localhost:1,localhost:" + primaries.getFirst().port(),
              "--REDIS_USERNAME=" + RedisCluster.USER,
              "--REDIS_PASSWORD=" + RedisCluster.PASSWORD)) {
        Calls ops = calls(service, TestTokens.OPS);
        awaitState(ops, "trusted");
        assertThat(ops.get("/actuator/routing-cache").body().at("/redis/primaries")).hasSize(3);
        Calls admin = calls(service, TestTokens.ADMIN);
        Calls platform = calls(service, TestTokens.PLATFORM);
        String organization = createOrganization(admin);
        List<Extension> extensions =
            primaries.stream()
                .map(primary -> createExtension(admin, organization, cluster, primary))
                .toList();

        awaitNearHit(service, platform, extensions.getFirst().lookup());
        assertThat(platform.get(extensions.get(1).lookup()).status()).isEqualTo(HttpStatus.OK);
        await()
            .until(
                () -> platform.get(extensions.get(1).lookup()).cacheStatus(),
                status -> status.startsWith("voice-routing; hit"));
        for (Extension extension : extensions) {
          assertThat(
                  admin
                      .patch("{\"display_name\":\"New\"}", extension.resource(), Map.of())
                      .status())
              .isEqualTo(HttpStatus.OK);
          assertThat(platform.get(extension.lookup()).body().at("/display_name").stringValue())
              .isEqualTo("New");
        }
        assertThat(platform.get(extensions.get(2).lookup()).cacheStatus()).contains("fwd=miss");
        String slow = "127.0.0.1:" + primaries.get(1).port();
        String useless = "127.0.0.1:" + primaries.get(2).port();
        await()
            .untilAsserted(
                () -> {
                  JsonNode health =
                      ops.get("/actuator/health").body().at("/components/redis/details");
                  assertThat(health.at("/tracking_refusal").stringValue(""))
                      .startsWith(slow + ": NOPERM");
                  assertThat(health.at("/missing_guards/0").stringValue(""))
                      .isEqualTo("evalsha (" + useless + ")");
                });
        assertThat(output.getOut())
            .contains(", Redis cluster of localhost:1,localhost:")
            .contains(" over TLS, TTLs ")
            .containsOnlyOnce("Redis at " + useless + " lacks what is recommended: permit eval")
            .containsOnlyOnce("Redis refuses to send invalidations")
            .contains("server=" + slow);
      }
    }
  }

  private static void forbid(RedisInstance server, String command) {
    server.execute(
        redis ->
            redis.dispatch(
                CommandType.ACL,
                new StatusOutput<>(StringCodec.UTF8),
                new CommandArgs<>(StringCodec.UTF8)
                    .add("SETUSER")
                    .add(RedisCluster.USER)
                    .add("-" + command)));
  }

  /** Creates an extension whose document belongs on this server. */
  private static Extension createExtension(
      Calls admin, String organization, RedisCluster cluster, RedisInstance server) {
    String id = organization.substring(organization.lastIndexOf('/') + 1);
    int number = 1001;
    while (!cluster.primaryOf("routing:extension:" + id + ":" + number).equals(server)) {
      number++;
    }
    return createExtension(admin, organization, "" + number);
  }
}

package io.voicerouting.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CoherenceDatabase;
import io.voicerouting.cache.EngineInstance;
import io.voicerouting.cache.EngineTest;
import io.voicerouting.cache.ManualClock;
import io.voicerouting.cache.lookup.FillLease;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys that the scripts write to Redis, with their TTLs and cluster slots. */
@EngineTest
class ScriptsTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final Duration SHORT_LIFE = Duration.ofMinutes(1);
  private static final Duration LONG_LIFE = Duration.ofMinutes(30);

  private static RedisInstance redis;
  private static EngineInstance instance;
  private static RedisClient client;
  private static StatefulRedisConnection<String, String> directConnection;

  private final CacheKey key = CoherenceDatabase.get().newExtension("some");
  private RedisConnection connection;
  private RedisCommands<String, String> commands;

  @BeforeAll
  static void start() {
    redis = BackingServers.startRedis();
    instance = EngineInstance.trusting(redis, new ManualClock());
    client = RedisClient.create("redis://" + redis.host() + ":" + redis.port());
    directConnection = client.connect();
  }

  @AfterAll
  static void stop() {
    directConnection.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    instance.close();
    redis.close();
  }

  @BeforeEach
  void takeConnections() {
    connection = instance.connections().requireConnection();
    commands = directConnection.sync();
  }

  @Test
  void indexOutlivesItsEntriesAndScoresOnlyRise() {
    List<String> indexes = List.of(RedisKeys.index(key.organizationId()), RedisKeys.INDEXES);
    List<Long> earliest = new ArrayList<>();
    for (Duration life : List.of(SHORT_LIFE, LONG_LIFE, SHORT_LIFE)) {
      long now = System.currentTimeMillis(); // Redis runs here
      store(life);
      earliest.add(now + life.toMillis());
      double latest = earliest.stream().mapToLong(Long::longValue).max().orElseThrow();

      assertThat(indexes)
          .allSatisfy(
              index -> {
                assertThat(commands.zrevrangeWithScores(index, 0, 0))
                    .singleElement()
                    .satisfies(
                        entry -> assertThat(entry.getScore()).isGreaterThanOrEqualTo(latest));
                assertThat((double) commands.pexpiretime(index)).isGreaterThanOrEqualTo(latest);
              });
    }
  }

  private void store(Duration ttl) {
    FillLease lease = new FillLease(connection, key);
    commands.del(key.redisKey());
    lease.acquire(TIMEOUT, null, Deadline.after(TIMEOUT, NanoClock.system()));
    assertThat(
            lease.fill(
                "{}".getBytes(UTF_8),
                key.organizationId(),
                ttl,
                Deadline.after(TIMEOUT, NanoClock.system())))
        .isTrue();
  }

  @Test
  void leaseExpires() {
    String lease = RedisKeys.lease(key.redisKey());
    new FillLease(connection, key)
        .acquire(Duration.ofSeconds(30), null, Deadline.after(TIMEOUT, NanoClock.system()));

    assertThat(commands.exists(lease)).isOne();
    assertThat(commands.pttl(lease)).isBetween(1L, 30_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "routing:extension:1:1001",
        "routing:extension:9223372036854775807:*#+49",
        "routing:business_hours:7",
        "routing:organization:7"
      })
  void leaseSharesTheSlotOfItsKey(String redisKey) {
    assertThat(SlotHash.getSlot(RedisKeys.lease(redisKey))).isEqualTo(SlotHash.getSlot(redisKey));
  }
}

package io.voicerouting.cache.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CoherenceDatabase;
import io.voicerouting.cache.EngineInstance;
import io.voicerouting.cache.EngineTest;
import io.voicerouting.cache.HookedExtensions;
import io.voicerouting.cache.Lookup;
import io.voicerouting.cache.ManualClock;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a miss stores, and when it stores nothing. */
@EngineTest
class FillCoordinatorTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int KEYS = 20;

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final ManualClock clock = new ManualClock();
  private static RedisInstance redis;
  private static RedisClient client;
  private static RedisCommands<String, String> commands;

  @BeforeAll
  static void start() {
    redis = BackingServers.startRedis();
    client = RedisClient.create("redis://" + redis.host() + ":" + redis.port());
    commands = client.connect().sync();
  }

  @AfterAll
  static void stop() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    redis.close();
  }

  @Test
  void callerBehindAForeignLeaseLoadsWithoutStoring() {
    CacheKey key = database.newExtension("stored");
    try (EngineInstance instance =
        new EngineInstance(redis, waitingFor(Duration.ofMillis(10)), clock)) {
      await().until(instance::trusts);
      // Who waited for its end would be granted it, and store.
      Duration life = Duration.ofSeconds(15);
      new FillLease(instance.connections().requireConnection(), key)
          .acquire(life, null, Deadline.after(LONG, NanoClock.system()));
      String another = instance.leaseOwner(key);
      Lookup<HookedExtensions.Document> lookup = instance.lookup(key);

      assertThat(EngineInstance.displayName(lookup)).isEqualTo("stored");
      assertThat(lookup.status()).isEqualTo(CacheStatus.miss());
      assertThat(instance.leaseOwner(key)).isNotNull().isEqualTo(another);
      assertThat(commands.exists(key.redisKey())).isZero();
    }
  }

  private static CacheProperties waitingFor(Duration leaseWait) {
    return new CacheProperties(
        Duration.ofSeconds(20),
        LONG,
        leaseWait,
        LONG,
        Duration.ofMillis(100),
        LONG,
        16,
        EngineInstance.AS_DEPLOYED.near());
  }

  @Test
  void ttlsHaveJitter() {
    List<CacheKey> keys =
        Stream.generate(() -> database.newExtension("stored")).limit(KEYS).toList();
    try (EngineInstance instance = EngineInstance.trusting(redis, clock)) {
      for (CacheKey key : keys) {
        assertThat(instance.lookup(key).status().stored()).isTrue();
      }
      long tenth = instance.extensions().definition().ttl().toMillis() / 10;

      assertThat(keys)
          .extracting(key -> HookedExtensions.TTL.toMillis() - commands.pttl(key.redisKey()))
          .allSatisfy(millis -> assertThat(millis).isBetween(0L, tenth + LONG.toMillis()))
          .anySatisfy(millis -> assertThat(millis).isGreaterThan(tenth / 10));
    }
  }
}

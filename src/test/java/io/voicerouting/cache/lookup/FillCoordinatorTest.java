package io.voicerouting.cache.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.CacheProperties;
import io.voicerouting.cache.CacheStatus;
import io.voicerouting.cache.CacheTtls;
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
import java.util.stream.IntStream;
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
        EngineInstance.NEGATIVE_ENTRIES,
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

  @Test
  void documentThatHasNotChangedForLongIsKeptLonger() {
    CacheTtls.Ttl ttls =
        new CacheTtls.Ttl(Duration.ofMinutes(30), Duration.ofHours(4), Duration.ofSeconds(60));
    CacheKey fresh = database.newExtension("fresh");
    CacheKey days = database.newExtension("days", Duration.ofDays(30));
    CacheKey hours = database.newExtension("hours", Duration.ofHours(10));
    try (EngineInstance instance = new EngineInstance(redis, ttls, clock)) {
      await().until(instance::trusts);
      assertThat(minutes(instance, fresh)).isBetween(26L, 30L);
      assertThat(minutes(instance, days)).isBetween(215L, 240L);
      assertThat(minutes(instance, hours)).isBetween(53L, 60L);
      instance.write(days, "changed");
      assertThat(minutes(instance, days)).isBetween(26L, 30L);
    }
  }

  /** Looks a document up, and again from the near cache; returns the TTL in Redis, in minutes. */
  private static long minutes(EngineInstance instance, CacheKey key) {
    assertThat(instance.lookup(key).status().stored()).isTrue();
    double before = instance.nearHits();
    await()
        .until(
            () -> {
              instance.track(); // again, if Redis was slow to answer
              instance.lookup(key);
              return instance.nearHits() > before;
            });
    Long near = instance.lookup(key).status().ttlSeconds();
    long millis = commands.pttl(key.redisKey());
    assertThat(near).isBetween(millis / 1_000 - 60, millis / 1_000 + 60);
    return millis / 60_000;
  }

  @Test
  void negativeEntriesOverTheLimitAreNotStored() {
    long organization = database.newExtension("stored").organizationId();
    try (EngineInstance instance = EngineInstance.trusting(redis, clock)) {
      List<CacheKey> absent =
          IntStream.range(0, EngineInstance.NEGATIVE_ENTRIES + 4)
              .mapToObj(i -> new CacheKey("extension", organization, "9" + i))
              .toList();
      absent.forEach(key -> assertThat(instance.lookup(key)).isInstanceOf(Lookup.Absent.class));

      assertThat(absent.stream().filter(key -> commands.exists(key.redisKey()) == 1))
          .hasSize(EngineInstance.NEGATIVE_ENTRIES);
      assertThat(instance.negativeEntriesOverLimit()).isEqualTo(4);
      assertThat(instance.leaseOwner(absent.getLast())).isNull();
    }
  }
}

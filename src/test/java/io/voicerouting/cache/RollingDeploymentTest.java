package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances on one Redis, whose documents have different schema versions. */
@EngineTest
class RollingDeploymentTest {

  private final CacheKey key = CoherenceDatabase.get().newExtension("first");
  private RedisInstance redis;
  private RedisClient client;
  private RedisCommands<String, String> commands;
  private EngineInstance older;
  private EngineInstance newer;

  @BeforeEach
  void start() {
    redis = BackingServers.startRedis();
    client = RedisClient.create(RedisURI.create("localhost", redis.port()));
    commands = client.connect().sync();
    older = new EngineInstance(redis, EngineInstance.LONG_TIMEOUTS, 1, new ManualClock());
    newer = new EngineInstance(redis, EngineInstance.LONG_TIMEOUTS, 2, new ManualClock());
    await().until(older::trusts);
    await().until(newer::trusts);
  }

  @AfterEach
  void stop() {
    older.close();
    newer.close();
    client.shutdown();
    redis.close();
  }

  @Test
  void eachLoadsADocumentOfTheOtherOnce() {
    assertThat(older.lookup(key).status().stored()).isTrue();
    assertThat(newer.lookup(key).status().stored()).isTrue(); // overwrites it
    String stored = commands.get(key.redisKey());
    assertThat(stored).startsWith("{\"schema_version\":2,");

    Lookup<HookedExtensions.Document> beside = older.lookup(key);
    assertThat(beside.status().hit() || beside.status().stored()).isFalse();
    assertAlternatingLookups("first");

    assertThat(older.extensions().loads()).isEqualTo(2); // its own, and one beside the newer entry
    assertThat(newer.extensions().loads()).isEqualTo(1);
    assertThat(commands.get(key.redisKey())).isEqualTo(stored);
  }

  @Test
  void changesReachBothVersions() {
    for (String name : List.of("second", "third", "fourth")) {
      newer.lookup(key);
      older.lookup(key);
      older.write(key, name);

      assertAlternatingLookups(name);
    }
    older.lookup(key);
    newer.write(key, "fifth");
    assertAlternatingLookups("fifth");
    older.clear(key.organizationId());
    newer.pass(); // reads the mark
    assertThat(newer.lookup(key).status().stored()).isTrue();
    assertAlternatingLookups("fifth");
  }

  @Test
  void nearCacheHoldsWhatWasLoadedBesideANewerEntry() {
    newer.lookup(key);

    await()
        .until(
            () -> {
              List.of(older, newer).forEach(EngineInstance::track);
              assertAlternatingLookups("first");
              return older.nearHits() > 0 && newer.nearHits() > 0;
            });
    int loads = older.extensions().loads() + newer.extensions().loads();
    assertAlternatingLookups("first");
    assertThat(older.extensions().loads() + newer.extensions().loads()).isEqualTo(loads);

    newer.write(key, "second");
    newer.lookup(key);
    await().until(() -> "second".equals(older.displayName(key))); // Redis has notified it
    assertAlternatingLookups("second");
  }

  @Test
  void negativeEntryMeansTheSameInBothVersions() {
    CacheKey absent = new CacheKey("extension", key.organizationId(), "999");

    assertThat(older.lookup(absent).status().stored()).isTrue();
    assertThat(newer.lookup(absent).status().hit()).isTrue();
    commands.set(absent.redisKey(), "{\"schema_version\":2,\"absent\":true}");
    assertThat(older.lookup(absent).status().hit()).isTrue();
  }

  @Test
  void newerEntryWithoutASnapshotIsLoadedEachTimeAndKept() {
    String entry = "{\"schema_version\":2,\"name\":\"of another shape\"}";
    commands.set(key.redisKey(), entry);

    assertThat(older.displayName(key)).isEqualTo("first");
    older.write(new CacheKey("extension", key.organizationId(), "999"), "other key");
    assertThat(older.displayName(key)).isEqualTo("first");
    assertThat(older.extensions().loads()).isEqualTo(2);
    assertThat(commands.get(key.redisKey())).isEqualTo(entry);
  }

  private void assertAlternatingLookups(String displayName) {
    for (int i = 0; i < 3; i++) {
      assertThat(older.displayName(key)).isEqualTo(displayName);
      assertThat(newer.displayName(key)).isEqualTo(displayName);
    }
  }
}

package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was read from Redis, remembered while there is no near cache. */
@EngineTest
class RememberedDocumentsTest {

  private final CacheKey key = CoherenceDatabase.get().newExtension("old");
  private RedisInstance redis;

  @BeforeEach
  void startRedis() {
    redis = BackingServers.startRedis();
  }

  @AfterEach
  void stopRedis() {
    redis.close();
  }

  @Test
  void equalBytesAreTheSameDocument() {
    try (EngineInstance instance = start(EngineInstance.WITHOUT_NEAR)) {
      HookedExtensions.Document first = hit(instance);
      assertThat(hit(instance)).isSameAs(first);
      instance.write(key, "new");
      instance.lookup(key);

      assertThat(hit(instance).displayName()).isEqualTo("new");
    }
  }

  @Test
  void nearCacheReplacesRememberedDocuments() {
    try (EngineInstance instance =
        start(EngineInstance.LONG_TIMEOUTS)) { // not near either: Redis sends no invalidations
      assertThat(hit(instance)).isNotSameAs(hit(instance));
    }
  }

  private EngineInstance start(CacheProperties properties) {
    EngineInstance instance = new EngineInstance(redis, properties, new ManualClock());
    await().until(instance::trusts);
    assertThat(instance.lookup(key).status().stored()).isTrue();
    return instance;
  }

  private HookedExtensions.Document hit(EngineInstance instance) {
    Lookup<HookedExtensions.Document> lookup = instance.lookup(key);
    assertThat(lookup.status().hit()).isTrue();
    return ((Lookup.Found<HookedExtensions.Document>) lookup).value();
  }
}

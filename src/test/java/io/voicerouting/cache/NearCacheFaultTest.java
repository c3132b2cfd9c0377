package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.near.InvalidationChannel;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The near cache while the database fails, or Redis is late. */
@EngineTest
class NearCacheFaultTest {

  private final CacheKey key = CoherenceDatabase.get().newExtension("old");
  private final ManualClock clock = new ManualClock();
  private RedisInstance redis;
  private EngineInstance instance;

  @BeforeEach
  void start() {
    redis = BackingServers.startRedis();
    instance = EngineInstance.trusting(redis, clock);
  }

  @AfterEach
  void stop() {
    instance.close();
    redis.close();
  }

  @Test
  void nearCacheAnswersDegradedWhileTheDatabaseFails() {
    instance.trackUntilTrusted();
    await()
        .until(
            () -> {
              instance.lookup(key);
              return isNear();
            });
    instance.cutRelayOff(true);
    instance.pass();
    assertThat(isNear()).isTrue(); // it is no loss of trust in Redis
    clock.advance(Trust.SPAN);
    redis.pause();
    Lookup<HookedExtensions.Document> lookup = instance.lookup(key);
    redis.resume();

    assertThat(EngineInstance.displayName(lookup)).isEqualTo("old");
    assertThat(lookup.status().hit()).isTrue();
    assertThat(lookup.status().degraded()).isTrue();
  }

  private boolean isNear() {
    return instance.near().holds(key, instance.connections().requireConnection());
  }

  @Test
  void trackingIsTrustedFromTheTimeThePingWasSent() {
    try (InvalidationChannel tracking = instance.trackWithoutInvalidations()) {
      await().until(() -> instance.near().trusted());
      redis.pause();
      tracking.ping();
      clock.advance(Duration.ofSeconds(2));
      redis.resume();
      await()
          .until(
              () -> tracking.tracks(instance.connections().requireConnection())); // it is answered

      assertThat(instance.near().trusted()).isFalse();
    }
  }
}

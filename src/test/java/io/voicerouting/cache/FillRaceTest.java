package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readers that are overtaken by a writer between their load and their fill. */
class FillRaceTest {

  private static RedisInstance redis;
  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final Gate loaded = new Gate();
  private EngineInstance instance;
  private EngineInstance other;
  private CacheKey key;

  @BeforeAll
  static void startRedis() {
    redis = BackingServers.startRedis();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void startInstances() {
    key = database.newExtension("old");
    ManualClock clock = new ManualClock();
    instance = EngineInstance.trusting(redis, clock);
    other = EngineInstance.trusting(redis, clock);
  }

  @AfterEach
  void stopInstances() {
    loaded.open();
    instance.close();
    other.close();
  }

  private Caller readerStoppedAfterItsLoad() {
    instance.extensions().afterNextRead(loaded::pass);
    Caller reader = new Caller(instance, key);
    loaded.awaitReached();
    return reader;
  }

  @Test
  void aFillIsRefusedWhenAWriteWasAcknowledgedSinceTheLoad() {
    Caller reader = readerStoppedAfterItsLoad();
    other.write(key, "new");
    loaded.open();

    assertThat(reader.answer().status().stored()).isFalse();
    assertThat(instance.figures().rejectedFills()).isEqualTo(1);
    assertThat(instance.displayName(key)).isEqualTo("new");
    assertThat(other.displayName(key)).isEqualTo("new");
  }

  @Test
  void aFillIsRefusedWhenARelayEvictedForADeadWriterSinceTheLoad() {
    Caller reader = readerStoppedAfterItsLoad();
    database.commit(key, "new");
    other.pass();
    loaded.open();

    assertThat(reader.answer().status().stored()).isFalse();
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void aFillIsRefusedWhenTheOrganizationWasClearedSinceTheLoad() {
    Caller reader = readerStoppedAfterItsLoad();
    database.commit(key, "new");
    other.clear(key.organizationId());
    loaded.open();

    assertThat(reader.answer().status().stored()).isFalse();
    assertThat(instance.displayName(key)).isEqualTo("new");
    assertThat(other.displayName(key)).isEqualTo("new");
  }

  @Test
  void whoJoinsALoadAfterAWriteWasAcknowledgedIsNotGivenWhatItReadBefore() {
    Caller leader = readerStoppedAfterItsLoad();
    other.write(key, "new");
    Caller joiner = new Caller(instance, key);
    // Once it has missed, it asks Redis for nothing more: it waits for the leader.
    await().until(() -> instance.figures().misses() == 2 && joiner.waits());
    loaded.open();

    assertThat(EngineInstance.displayName(joiner.answer())).isEqualTo("new");
    assertThat(leader.answer().status().stored()).isFalse();
  }

  @Test
  void aHerdOverTwoInstancesCausesAtMostTwoLoads() {
    List<Caller> herd = new ArrayList<>();
    herd.add(readerStoppedAfterItsLoad());
    for (int i = 1; i < 1000; i++) {
      herd.add(new Caller(i % 2 == 0 ? instance : other, key));
    }
    await().until(() -> instance.figures().misses() + other.figures().misses() == 1000);
    loaded.open();

    assertThat(herd)
        .allSatisfy(
            caller -> assertThat(EngineInstance.displayName(caller.answer())).isEqualTo("old"));
    assertThat(instance.extensions().loads() + other.extensions().loads()).isBetween(1, 2);
  }
}

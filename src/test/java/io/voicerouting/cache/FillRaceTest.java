package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readers that are overtaken by a writer between their load and their fill. */
@EngineTest
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
  void fillIsRejectedIfAWriteWasAcknowledgedSinceTheLoad() {
    Caller reader = readerStoppedAfterItsLoad();
    other.write(key, "new");
    loaded.open();

    assertThat(reader.answer().status().stored()).isFalse();
    assertThat(instance.figures().rejectedFills()).isEqualTo(1);
    assertThat(instance.displayName(key)).isEqualTo("new");
    assertThat(other.displayName(key)).isEqualTo("new");
  }

  @Test
  void fillIsRejectedIfARelayEvictedSinceTheLoad() {
    Caller reader = readerStoppedAfterItsLoad();
    database.commit(key, "new");
    other.pass();
    loaded.open();

    assertThat(reader.answer().status().stored()).isFalse();
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void callerAfterAWriteDoesNotGetTheEarlierLoad() {
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
  void callerAfterAWriteDoesNotGetTheEarlierEntry() {
    Gate found = new Gate();
    HookedExtensions.afterNextDecoding(found::pass);
    other.extensions().afterNextRead(loaded::pass);
    Caller filling = new Caller(other, key);
    loaded.awaitReached();
    Caller leader = new Caller(instance, key); // waits for what the other instance stores
    await().until(() -> instance.figures().misses() == 1 && leader.waits());
    loaded.open();
    assertThat(filling.answer().status().stored()).isTrue();
    found.awaitReached();
    other.write(key, "new");
    Caller joiner = new Caller(instance, key);
    await().until(() -> instance.figures().misses() == 2 && joiner.waits());
    found.open();

    assertThat(EngineInstance.displayName(leader.answer())).isEqualTo("old");
    assertThat(EngineInstance.displayName(joiner.answer())).isEqualTo("new");
  }

  @Test
  void callersOfARejectedFillShareOneMoreLoad() {
    Caller leader = readerStoppedAfterItsLoad();
    List<Caller> herd = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      herd.add(new Caller(instance, key));
    }
    await().until(() -> instance.figures().misses() == 51 && herd.stream().allMatch(Caller::waits));
    other.write(key, "new");
    loaded.open();

    assertThat(leader.answer().status().stored()).isFalse();
    assertThat(herd)
        .allSatisfy(
            caller -> assertThat(EngineInstance.displayName(caller.answer())).isEqualTo("new"));
    assertThat(instance.extensions().loads()).isEqualTo(2);
  }

  @Test
  void loadThatFillsBeginsAfterALoadThatStoresNothing() {
    instance.loseTrust();
    Caller bypassing = readerStoppedAfterItsLoad();
    instance.pass();
    database.commit(key, "new");
    Caller filling = new Caller(instance, key);
    await().until(() -> instance.leaseOwner(key) != null && filling.waits());
    assertThat(instance.extensions().loads()).isEqualTo(1);
    loaded.open();

    assertThat(EngineInstance.displayName(bypassing.answer())).isEqualTo("old");
    assertThat(EngineInstance.displayName(filling.answer())).isEqualTo("new");
    assertThat(filling.answer().status().stored()).isTrue();
  }

  @Test
  void everyAttemptHasItsOwnLeaseOwner() {
    Caller reader = readerStoppedAfterItsLoad();
    String first = instance.leaseOwner(key);
    loaded.open();
    assertThat(reader.answer().status().stored()).isTrue();
    other.write(key, "new");
    Gate again = new Gate();
    instance.extensions().afterNextRead(again::pass);
    Caller next = new Caller(instance, key);
    again.awaitReached();
    String second = instance.leaseOwner(key);
    again.open();

    assertThat(next.answer().status().stored()).isTrue();
    assertThat(first).isNotNull();
    assertThat(second).isNotNull().isNotEqualTo(first);
  }

  @Test
  void callersOfOneProcessShareItsLease() {
    Caller filling = readerStoppedAfterItsLoad();
    long before = scriptCalls();
    List<Caller> herd = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      herd.add(new Caller(instance, key));
    }
    await()
        .until(() -> instance.figures().misses() == 101 && herd.stream().allMatch(Caller::waits));
    long whileWaiting = scriptCalls() - before;
    loaded.open();

    assertThat(filling.answer().status().stored()).isTrue();
    assertThat(herd)
        .allSatisfy(
            caller -> assertThat(EngineInstance.displayName(caller.answer())).isEqualTo("old"));
    assertThat(whileWaiting).isZero();
    assertThat(instance.extensions().loads()).isEqualTo(1);
  }

  private long scriptCalls() {
    RedisConnection connection = other.connections().requireConnection();
    String statistics =
        connection
            .replies()
            .awaitBulk(
                connection.commands().info("commandstats"),
                Deadline.after(Duration.ofMinutes(1), NanoClock.system()));
    return CommandStatistics.calls(statistics, "evalsha");
  }

  @Test
  void herdOnTwoInstancesCausesAtMostTwoLoads() {
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

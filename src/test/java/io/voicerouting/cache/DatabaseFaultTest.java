package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.lookup.FillLease;
import io.voicerouting.cache.redis.RedisConnection;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lookups while the database does not answer. */
@EngineTest
class DatabaseFaultTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  /** Waits a minute for a load, unless the database is known to be down. */
  private static final CacheProperties PATIENT_WITH_LOADS =
      new CacheProperties(
          Duration.ofMillis(900),
          Duration.ofSeconds(2),
          LONG,
          LONG,
          Duration.ofMillis(100),
          LONG,
          16,
          EngineInstance.NEGATIVE_ENTRIES,
          EngineInstance.AS_DEPLOYED.near());

  private final CacheKey key = CoherenceDatabase.get().newExtension("stored");
  private final ManualClock clock = new ManualClock();
  private final Gate loaded = new Gate();
  private RedisInstance redis;
  private EngineInstance instance;

  @BeforeEach
  void start() {
    redis = BackingServers.startRedis();
    instance = new EngineInstance(redis, PATIENT_WITH_LOADS, clock);
  }

  @AfterEach
  void stop() {
    instance.close();
    redis.close();
  }

  @Test
  void hangingLoadFailsOnceTheDatabaseIsDownAndStoresNothing() {
    await().until(instance::trusts);
    instance.extensions().afterNextRead(loaded::pass);
    Caller caller = new Caller(instance, key);
    loaded.awaitReached();
    instance.cutRelayOff(true);
    instance.pass();
    Lookup<HookedExtensions.Document> answer = caller.answer();
    await().until(() -> instance.leaseOwner(key) == null); // or others would wait for its end
    loaded.open();
    instance.cutRelayOff(false);
    instance.pass();

    assertThat(answer).isInstanceOf(Lookup.Unavailable.class);
    assertThat(instance.displayName(key)).isEqualTo("stored");
  }

  @Test
  void callerWaitingForAHangingLoadTimesOutByItsOwnBudget() {
    instance.extensions().afterNextRead(loaded::pass);
    Caller first = new Caller(instance, key); // no pass yet: without Redis
    loaded.awaitReached();
    Caller second = new Caller(instance, key);
    instance.cutRelayOff(true);
    instance.pass();

    assertThat(first.answer()).isInstanceOf(Lookup.Unavailable.class);
    assertThat(second.answer()).isInstanceOf(Lookup.Unavailable.class);
    loaded.open();
    instance.cutRelayOff(false);
  }

  @Test
  void databaseThatDoesNotAnswerThePassIsDownBeforeThePassFails() {
    await().until(instance::trusts);
    instance.extensions().afterNextRead(loaded::pass);
    Caller caller = new Caller(instance, key);
    loaded.awaitReached();
    AtomicReference<Lookup<?>> answer = new AtomicReference<>();
    instance.duringNextPass(
        () -> {
          clock.advance(Duration.ofMillis(151));
          answer.set(caller.answer());
        });
    instance.pass();
    loaded.open();

    assertThat(answer.get()).isInstanceOf(Lookup.Unavailable.class);
    assertThat(instance.displayName(key)).isEqualTo("stored");
  }

  @Test
  void databaseThatAnswersOnlyThePassIsDown() {
    await().until(instance::trusts);
    CoherenceDatabase.get().commit(key, "changed");
    instance.extensions().afterNextRead(loaded::pass);
    Caller caller = new Caller(instance, key);
    loaded.awaitReached();
    AtomicReference<Lookup<?>> answer = new AtomicReference<>();
    Runnable noAnswer =
        () -> {
          clock.advance(Duration.ofMillis(151));
          answer.set(caller.answer());
        };
    instance.duringNextPass(() -> instance.duringNextPass(noAnswer)); // to mark the row done
    instance.round();
    loaded.open();

    assertThat(answer.get()).isInstanceOf(Lookup.Unavailable.class);
    assertThat(instance.displayName(key)).isEqualTo("changed");
  }

  @Test
  void callersWithTimeLeftKeepWaitingWhenTheFirstCallerTimesOut() {
    await().until(instance::trusts);
    instance.extensions().afterNextRead(loaded::pass);
    Caller leader = new Caller(instance, key);
    loaded.awaitReached();
    instance.lookupBudget(LONG);
    Caller joiner = new Caller(instance, key);
    await().until(() -> instance.figures().misses() == 2 && joiner.waits());
    instance.cutRelayOff(true);
    instance.pass();

    assertThat(leader.answer()).isInstanceOf(Lookup.Unavailable.class);
    loaded.open();
    assertThat(EngineInstance.displayName(joiner.answer())).isEqualTo("stored");
    instance.cutRelayOff(false);
  }

  @Test
  void onlyTheOwnerReleasesALease() {
    try (EngineInstance waiting = EngineInstance.trusting(redis, clock)) {
      waiting.extensions().afterNextRead(loaded::pass);
      Caller caller = new Caller(waiting, key);
      loaded.awaitReached();
      RedisConnection connection = waiting.connections().requireConnection();
      new FillLease(connection, key).release(); // of another attempt
      connection.confirmReign(Deadline.after(LONG, NanoClock.system())); // answered after that
      loaded.open();

      assertThat(caller.answer().status().stored()).isTrue();
    }
  }

  @Test
  void databaseThatAnswersALoadIsUp() {
    instance.cutRelayOff(true);
    instance.pass();
    assertThat(instance.isDatabaseDown()).isTrue();

    assertThat(instance.displayName(key)).isEqualTo("stored");
    assertThat(instance.isDatabaseDown()).isFalse();
  }
}

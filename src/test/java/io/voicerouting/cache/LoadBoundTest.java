package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicerouting.cache.database.CoalescedLoads;
import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.database.DatabaseLoader;
import io.voicerouting.cache.support.CacheMeters;
import io.voicerouting.cache.support.CacheSpans;
import io.voicerouting.cache.support.EntryEvents;
import io.voicerouting.cache.support.NanoClock;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The number of concurrent loads is limited. */
@EngineTest
class LoadBoundTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  /** One load at a time, for which others wait a moment. */
  private static final CacheProperties ONE_LOAD =
      new CacheProperties(
          Duration.ofMillis(100),
          Duration.ofMillis(300),
          LONG,
          LONG,
          Duration.ofMillis(100),
          LONG,
          1,
          EngineInstance.NEGATIVE_ENTRIES,
          EngineInstance.AS_DEPLOYED.near());

  private final CoherenceDatabase database = CoherenceDatabase.get();

  @Test
  void loadBeyondTheBoundIsRefusedAndNotStored() {
    CacheKey first = database.newExtension("first");
    CacheKey second = database.newExtension("second");
    Gate loaded = new Gate();
    try (RedisInstance redis = BackingServers.startRedis();
        EngineInstance instance = new EngineInstance(redis, ONE_LOAD, new ManualClock())) {
      instance.extensions().afterNextRead(loaded::pass);
      Caller loading = new Caller(instance, first);
      loaded.awaitReached();
      List<Caller> others =
          List.of(
              new Caller(instance, second),
              new Caller(instance, second)); // different keys share no load

      assertThat(others)
          .allSatisfy(
              other ->
                  assertThat(other.answer())
                      .isInstanceOfSatisfying(
                          Lookup.Unavailable.class,
                          refused ->
                              assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1))));
      assertThat(instance.extensions().loads()).isEqualTo(1);
      loaded.open();
      assertThat(EngineInstance.displayName(loading.answer())).isEqualTo("first");
      await().until(() -> "second".equals(instance.displayName(second)));
    }
  }

  @Test
  void callersOfARefusedLoadAreRefusedWithIt() {
    HookedExtensions resource = new HookedExtensions(database);
    Queue<Runnable> started = new ArrayDeque<>();
    DatabaseLoader full =
        new DatabaseLoader(
            new CacheMeters(
                new SimpleMeterRegistry(),
                List.of(resource),
                new EntryEvents(InstantSource.system()),
                CacheSpans.OFF,
                NanoClock.system()),
            started::add,
            0,
            Duration.ZERO,
            LONG,
            new DatabaseAvailability(NanoClock.system()),
            NanoClock.system());
    CoalescedLoads loads = new CoalescedLoads(full);
    CacheKey key = new CacheKey(resource.name(), 1, "101");
    CompletableFuture<?> first = loads.next(resource, key);
    CompletableFuture<?> waiting = loads.next(resource, key);
    started.remove().run();

    assertThat(first).isCompletedExceptionally();
    assertThat(waiting).isCompletedExceptionally();
    assertThat(started).isEmpty();
    assertThat(loads.next(resource, key)).isNotDone(); // a separate attempt
    assertThat(started).hasSize(1);
  }
}

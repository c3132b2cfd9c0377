package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.warm.WarmProperties;
import io.voicerouting.cache.warm.WarmTasks;
import io.voicerouting.cache.warm.Warming;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** Warming of the most requested keys. The clock stands, so that a run is never cut into slices. */
@EngineTest
class WarmingTest {

  private static final WarmProperties SETTINGS = new WarmProperties(true, List.of(), 500);

  /** A quarter of the permitted loads. */
  private static final int CONCURRENCY = EngineInstance.LONG_TIMEOUTS.maxConcurrentLoads() / 4;

  /** Keys that one step loads. */
  private static final int BATCH = CONCURRENCY * 4;

  private static RedisInstance redis;

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final ManualClock clock = new ManualClock();
  private EngineInstance instance;
  private WarmTasks tasks;
  private Warming warming;

  @BeforeAll
  static void startRedis() {
    redis = BackingServers.startRedis();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void startInstance() {
    database.jdbc().update("delete from routing_cache_hot_key");
    database.jdbc().update("update routing_cache_warm_lease set held_until = '-infinity'");
    redis.execute(commands -> commands.flushall());
    instance = EngineInstance.trusting(redis, clock);
    instance.trackUntilTrusted();
    tasks = instance.warmTasks(SETTINGS);
    warming = tasks.warming();
  }

  @AfterEach
  void stopInstance() {
    instance.close();
  }

  /** Another instance, which trusts Redis and its near cache. */
  private EngineInstance other(ManualClock otherClock) {
    EngineInstance other = EngineInstance.trusting(redis, otherClock);
    other.trackUntilTrusted();
    return other;
  }

  /** Creates keys, looks them up, and records them in the table. */
  private List<CacheKey> requestedKeys(int count) {
    List<CacheKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(database.newExtension("old"));
    }
    instance.pass();
    keys.forEach(instance::lookup);
    tasks.recording().run();
    return keys;
  }

  /** Redis loses everything, and is trusted again. */
  private void loseRedis() {
    redis.restart();
    clock.advance(Duration.ofSeconds(6)); // two runs are five seconds apart
    await().until(instance::trusts);
    instance.trackUntilTrusted();
  }

  @Test
  void nextInstanceReadsTheMostRequestedKeysWithoutLoading() {
    List<CacheKey> keys = requestedKeys(3);
    warming.run();

    try (EngineInstance next = other(new ManualClock())) {
      next.warmTasks(SETTINGS).warming().run();

      assertThat(next.near().entries()).isEqualTo(3);
      assertThat(keys).extracting(next::displayName).containsOnly("old");
      assertThat(next.nearHits()).isEqualTo(3);
      assertThat(next.extensions().loads()).isZero();
    }
  }

  @Test
  void lostNearCacheIsReadAgain() {
    requestedKeys(3);
    warming.run();
    int loads = instance.extensions().loads();
    clock.advance(Duration.ofSeconds(6)); // neither Redis nor the near cache is trusted any more
    warming.run();
    assertThat(instance.warming().state()).isEqualTo(WarmingState.IDLE);

    await().until(instance::trusts);
    instance.trackUntilTrusted();
    assertThat(instance.near().entries()).isZero();
    warming.run();

    assertThat(instance.near().entries()).isEqualTo(3);
    assertThat(instance.extensions().loads()).isEqualTo(loads);
  }

  @Test
  void coldRedisIsLoadedAtAQuarterOfThePermittedLoads() {
    List<CacheKey> keys = requestedKeys(2 * BATCH + 1);
    warming.run();
    loseRedis();
    int loads = instance.extensions().loads();
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(1); // all that can run at once are here
    instance
        .extensions()
        .afterEveryRead(
            () -> {
              int now = running.incrementAndGet();
              most.accumulateAndGet(now, Math::max);
              if (now == CONCURRENCY) {
                full.countDown();
              }
              awaitLatch(full);
              LockSupport.parkNanos(Duration.ofMillis(20).toNanos()); // one too many would be seen
              running.decrementAndGet();
            });

    warming.run();

    assertThat(instance.extensions().loads() - loads).isEqualTo(keys.size());
    assertThat(most).hasValue(CONCURRENCY);
    assertThat(instance.warming())
        .isEqualTo(
            new CacheSummary.Warming(
                WarmingState.IDLE, keys.size(), keys.size(), keys.size(), keys.size()));
    List<Long> ttls =
        keys.stream().map(key -> redis.execute(one -> one.pttl(key.redisKey()))).toList();
    long longest = HookedExtensions.TTL.toMillis();
    assertThat(ttls).allMatch(ttl -> ttl > longest / 2 - 60_000 && ttl <= longest);
    assertThat(ttls).anyMatch(ttl -> ttl < longest * 9 / 10); // 33 of them: never by chance
    instance.extensions().afterEveryRead(() -> {});
    assertThat(keys).allMatch(key -> instance.lookup(key).status().hit());
  }

  @Test
  void oneInstanceLoadsAtATime() throws Exception {
    List<CacheKey> keys = requestedKeys(BATCH);
    warming.run();
    loseRedis();
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    instance
        .extensions()
        .afterNextRead(
            () -> {
              loading.countDown();
              awaitLatch(go);
            });
    ManualClock otherClock = new ManualClock();
    try (EngineInstance other = other(otherClock)) {
      Warming others = other.warmTasks(SETTINGS).warming();
      CompletableFuture<Void> run = CompletableFuture.runAsync(warming, Thread::startVirtualThread);
      awaitLatch(loading);

      others.run();
      assertThat(other.warming().state()).isEqualTo(WarmingState.WAITING);
      otherClock.advance(Duration.ofSeconds(1)); // it asks for the lease once a second
      await().until(other::trusts);
      others.run();
      assertThat(other.warming().state()).isEqualTo(WarmingState.WAITING);
      assertThat(other.extensions().loads()).isZero();

      go.countDown();
      run.get(60, TimeUnit.SECONDS);
      otherClock.advance(Duration.ofSeconds(1));
      await().until(other::trusts);
      others.run();

      assertThat(other.warming().state()).isEqualTo(WarmingState.IDLE);
      assertThat(other.extensions().loads()).isZero();
      assertThat(keys).allMatch(key -> other.lookup(key).status().hit());
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Nobody came");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void leaseOfAPausedInstancePassesOnAndNothingIsLoadedTwice() {
    List<CacheKey> keys = requestedKeys(3 * BATCH);
    warming.run();
    loseRedis();
    AtomicInteger loads = new AtomicInteger();
    instance
        .extensions()
        .afterEveryRead(
            () -> {
              if (loads.incrementAndGet() == BATCH + 1) {
                clock.advance(Duration.ofSeconds(2)); // paused in its second step
              }
            });
    try (EngineInstance other = other(new ManualClock())) {
      warming.run();
      database
          .jdbc()
          .update(
              "update routing_cache_warm_lease set holder = gen_random_uuid(),"
                  + " held_until = now() - interval '1 second'");
      int cached = countCached(keys);
      assertThat(cached).isBetween(BATCH, 2 * BATCH);

      other.warmTasks(SETTINGS).warming().run();

      assertThat(other.extensions().loads()).isEqualTo(keys.size() - cached);
      assertThat(countCached(keys)).isEqualTo(keys.size());
    }
  }

  private static int countCached(List<CacheKey> keys) {
    String[] redisKeys = keys.stream().map(CacheKey::redisKey).toArray(String[]::new);
    Long cached = redis.execute(one -> one.exists(redisKeys));
    return cached.intValue();
  }

  @Test
  void changeDuringWarmingIsNeverUndone() {
    List<CacheKey> keys = requestedKeys(BATCH);
    warming.run();
    loseRedis();
    try (EngineInstance writer = other(new ManualClock())) {
      instance
          .extensions()
          .afterNextRead(() -> keys.forEach(key -> writer.write(key, "new"))); // acknowledged

      warming.run();

      assertThat(keys).extracting(instance::displayName).containsOnly("new");
      assertThat(keys).extracting(writer::displayName).containsOnly("new");
      for (CacheKey key : keys) {
        String stored = redis.execute(one -> one.get(key.redisKey()));
        assertThat(stored).contains("new");
      }
    }
  }

  @Test
  void redisThatFailsDuringWarmingIsWarmedLater() throws Exception {
    List<CacheKey> keys = requestedKeys(2 * BATCH);
    warming.run();
    loseRedis();
    instance.extensions().afterNextRead(instance::loseTrust);

    warming.run();

    assertThat(instance.warming().state()).isEqualTo(WarmingState.IDLE);
    assertThat(instance.warming().done()).isLessThan(keys.size());
    assertThat(warming.awaitFirst(Duration.ZERO)).isTrue(); // readiness does not wait for it
    clock.advance(Duration.ofSeconds(6));
    await().until(instance::trusts);
    instance.trackUntilTrusted();
    warming.run();
    assertThat(countCached(keys)).isEqualTo(keys.size());
  }

  @Test
  void databaseThatFailsDuringWarmingIsQueriedLater() {
    List<CacheKey> keys = requestedKeys(2 * BATCH);
    warming.run();
    loseRedis();
    instance
        .extensions()
        .afterNextRead(
            () -> {
              throw new DataAccessResourceFailureException("unavailable");
            });

    warming.run();

    assertThat(instance.warming().state()).isEqualTo(WarmingState.IDLE);
    assertThat(instance.warming().done()).isLessThan(keys.size());
    clock.advance(Duration.ofSeconds(6));
    await().until(instance::trusts);
    instance.trackUntilTrusted();
    warming.run();
    assertThat(countCached(keys)).isEqualTo(keys.size());
  }

  /** The load of one meets a defect, and a row of another cannot be mapped. */
  @Test
  void keysThatCannotBeLoadedAreSkipped() {
    List<CacheKey> keys = requestedKeys(2 * BATCH);
    warming.run();
    loseRedis();
    Queue<RuntimeException> failures =
        new ConcurrentLinkedQueue<>(
            List.of(
                new NumberFormatException("default"),
                new InvalidDataAccessApiUsageException("no such constant")));
    instance
        .extensions()
        .afterEveryRead(
            () -> {
              RuntimeException failure = failures.poll();
              if (failure != null) {
                throw failure;
              }
            });

    warming.run();

    assertThat(instance.warming().state()).isEqualTo(WarmingState.IDLE);
    assertThat(instance.warming().done()).isEqualTo(keys.size());
    assertThat(countCached(keys)).isEqualTo(keys.size() - 2);
    assertThat(leaseHolders()).isZero();
  }

  /** Such as another version of the service has written. */
  @Test
  void hotKeysOfAnotherFormAreIgnored() {
    requestedKeys(3);
    database
        .jdbc()
        .update(
            "insert into routing_cache_hot_key"
                + " select owner_id, organization_id, resource, null, rank, asked_at"
                + " from routing_cache_hot_key, unnest(array['extension', 'mailbox']) resource"
                + " limit 2");

    try (EngineInstance next = other(new ManualClock())) {
      next.warmTasks(SETTINGS).warming().run();

      assertThat(next.warming().keys()).isEqualTo(3);
      assertThat(next.warming().state()).isEqualTo(WarmingState.IDLE);
    }
  }

  @Test
  void instanceThatKnowsNoKeysLeavesRedisCold() {
    warming.run();
    assertThat(markers()).isEmpty();
    assertThat(leaseHolders()).isZero();
    List<CacheKey> keys = requestedKeys(3);
    keys.forEach(key -> redis.execute(one -> one.del(key.redisKey())));

    clock.advance(Duration.ofSeconds(61)); // the marker would be renewed
    await().until(instance::trusts);
    instance.trackUntilTrusted();
    warming.run();

    assertThat(countCached(keys)).isEqualTo(3);
    assertThat(markers()).hasSize(1);
  }

  private static List<String> markers() {
    return redis.execute(one -> one.keys("routing:warmed:*"));
  }

  private int leaseHolders() {
    Integer holders =
        database
            .jdbc()
            .queryForObject(
                "select count(*) from routing_cache_warm_lease where held_until > now()",
                Integer.class);
    return holders == null ? 0 : holders;
  }

  @Test
  void loadsPauseWhilePassesAreSlow() {
    List<CacheKey> keys = requestedKeys(3 * BATCH);
    warming.run();
    loseRedis();
    instance.extensions().afterNextRead(() -> clock.advance(Duration.ofMillis(400)));

    warming.run();
    warming.run();

    assertThat(instance.warming().state()).isEqualTo(WarmingState.PAUSED);
    assertThat(instance.warming().done()).isEqualTo(BATCH);
    await().until(instance::trusts);
    warming.run();
    assertThat(instance.warming().done()).isEqualTo(keys.size());
    assertThat(instance.warming().state()).isEqualTo(WarmingState.IDLE);
  }

  @Test
  void flushedRedisIsNoticedWhenTheMarkerIsRenewed() {
    List<CacheKey> keys = requestedKeys(3);
    warming.run();
    keys.forEach(key -> redis.execute(one -> one.del(key.redisKey())));
    String marker = markers().getFirst();
    int loads = instance.extensions().loads();

    for (int minute = 0; minute < 2; minute++) {
      clock.advance(Duration.ofSeconds(61));
      await().until(instance::trusts);
      instance.trackUntilTrusted();
      warming.run();
      assertThat(instance.extensions().loads() - loads).isEqualTo(minute == 0 ? 0 : 3);
      redis.execute(one -> one.del(marker));
    }
  }

  @Test
  void readinessWaitsForNothingWithoutRedisOrKeys() throws Exception {
    instance.disconnect();
    assertThat(warming.awaitFirst(Duration.ZERO)).isFalse();
    warming.run();
    assertThat(warming.awaitFirst(Duration.ZERO)).isTrue();
  }
}

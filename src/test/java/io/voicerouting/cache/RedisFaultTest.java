package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.eviction.PostCommitEvictor;
import io.voicerouting.cache.redis.RedisKeys;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Evictions and old values while Redis stands still, dies and comes back. */
@EngineTest
class RedisFaultTest {

  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final ManualClock clock = new ManualClock();
  private RedisInstance redis;
  private EngineInstance writer;
  private EngineInstance reader;
  private CacheKey key;

  @BeforeEach
  void start() {
    redis = BackingServers.startRedis();
    key = database.newExtension("old");
    writer = new EngineInstance(redis, EngineInstance.SHORT_TIMEOUT, System::nanoTime);
    await().until(() -> connected(writer));
    reader = EngineInstance.trusting(redis, clock);
    assertThat(reader.lookup(key).status().stored()).isTrue();
  }

  private static boolean connected(EngineInstance instance) {
    instance.pass();
    return instance.connected();
  }

  @AfterEach
  void stop() {
    writer.close();
    reader.close();
    redis.close();
  }

  @Test
  void unconfirmedWriterIsAnsweredOnceTrustHasRunOut() {
    try (EngineInstance bystander =
        new EngineInstance(redis, EngineInstance.LONG_TIMEOUTS, System::nanoTime)) {
      await().until(bystander::trusts); // for a second by the real clock, and no pass after that
      redis.pause();
      writer.write(key, "new");
      boolean trusted = bystander.trust() instanceof Trust.State.Trusted;
      redis.resume();

      assertThat(trusted).isFalse();
      assertThat(bystander.displayName(key)).isEqualTo("new");
    }
  }

  @Test
  void timedOutCommandRevokesTrustUntilTheNextPass() {
    try (EngineInstance instance = new EngineInstance(redis, EngineInstance.SHORT_TIMEOUT, clock)) {
      await().until(instance::trusts); // as long as the clock stands
      redis.pause();
      Lookup<HookedExtensions.Document> paused = instance.lookup(key);
      redis.resume();

      assertThat(paused.status()).isEqualTo(CacheStatus.bypass());
      assertThat(instance.trust()).isInstanceOf(Trust.State.Unavailable.class);
      assertThat(instance.lookup(key).status()).isEqualTo(CacheStatus.bypass());
      await().until(instance::trusts);
    }
  }

  @Test
  void lookupsOfOneRequestShareTheTimeForRedis() {
    CacheProperties brief =
        EngineInstance.properties(Duration.ofSeconds(20), Duration.ofMillis(500));
    try (EngineInstance instance = new EngineInstance(redis, brief, clock)) {
      await().until(instance::trusts);
      var request = instance.request(List.of());
      redis.pause();
      CacheStatus first = request.apply(key).status();
      redis.resume();
      CacheStatus second = request.apply(key).status();
      instance.lookupBudget(Duration.ofMinutes(1));
      String afterwards = instance.lookup(key).status().headerValue();

      // Redis answers the second, and is trusted, but all that it may take has been lost to it. A
      // reply that is there already is read; whatever it is, no lease is waited for.
      assertThat(first).isEqualTo(CacheStatus.bypass());
      assertThat(second).isIn(CacheStatus.bypass(), CacheStatus.miss());
      assertThat(afterwards).isEqualTo("voice-routing; fwd=miss; stored");
    }
  }

  @Test
  void disconnectedWriterIsAnsweredOnceTrustHasRunOut() {
    try (EngineInstance bystander =
        new EngineInstance(redis, EngineInstance.LONG_TIMEOUTS, System::nanoTime)) {
      await().until(bystander::trusts); // for a second by the real clock, and no pass after that
      assertThat(bystander.displayName(key)).isEqualTo("old");
      writer.disconnect();
      writer.write(key, "new"); // Redis answers the bystander all the time

      assertThat(bystander.displayName(key)).isEqualTo("new");
    }
  }

  @Test
  void unconfirmedWriterWaitsLongerThanTheTrustSpan() {
    List<OutboxRow> rows = database.commit(key, "new");
    redis.pause();
    long start = System.nanoTime();
    writer.evict(rows);
    long waited = System.nanoTime() - start;
    redis.resume();

    assertThat(Duration.ofNanos(waited))
        .isGreaterThanOrEqualTo(PostCommitEvictor.WAIT)
        .isGreaterThan(Trust.SPAN);
    // What was not confirmed is not done: another's pass has yet to do it.
    assertThat(database.countOpen(rows)).isEqualTo(rows.size());
  }

  @Test
  void interruptedWriterIsNotAnsweredEarly() throws InterruptedException {
    List<OutboxRow> rows = database.commit(key, "new");
    AtomicLong waited = new AtomicLong();
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    redis.pause(); // a reply that is there already would be read in spite of the interrupt
    Thread interrupted =
        Thread.ofPlatform()
            .start(
                () -> {
                  long start = System.nanoTime();
                  Thread.currentThread().interrupt();
                  writer.evict(rows);
                  waited.set(System.nanoTime() - start);
                  stillInterrupted.set(Thread.currentThread().isInterrupted());
                });
    interrupted.join();
    redis.resume();

    assertThat(Duration.ofNanos(waited.get())).isGreaterThanOrEqualTo(PostCommitEvictor.WAIT);
    assertThat(stillInterrupted).isTrue();
  }

  @Test
  void silentRedisConnectionIsReplaced() {
    ManualClock time = new ManualClock();
    try (EngineInstance instance = new EngineInstance(redis, EngineInstance.SHORT_TIMEOUT, time)) {
      await().until(() -> connected(instance));
      redis.pause();
      instance.pass();
      boolean afterOneFailure = instance.connected();
      time.advance(Duration.ofSeconds(4));
      instance.pass();
      boolean afterLongSilence = instance.connected();
      redis.resume();

      assertThat(afterOneFailure).isTrue(); // a hiccup is no reason for a full pass
      assertThat(afterLongSilence).isFalse();
      await().until(() -> connected(instance));
    }
  }

  @Test
  void writerIsAnsweredOnceAnotherInstanceHasEvicted() {
    writer.disconnect();
    // It is not answered because its time is over, however slow the other instance is.
    PostCommitEvictor patient = writer.evictions(database.dataSource(), new ManualClock());
    List<OutboxRow> rows = database.commit(key, "new");
    CompletableFuture<String> answer =
        CompletableFuture.runAsync(() -> patient.evict(rows), Thread::startVirtualThread)
            .thenApply(acknowledged -> String.valueOf(reader.displayName(key)));
    reader.pass();

    assertThat(answer.join()).isEqualTo("new");
    assertThat(database.countOpen(rows)).isZero();
  }

  @Test
  void lateEvictionIsHarmless() {
    redis.pause();
    writer.write(key, "new"); // its DEL waits in the paused server's socket
    redis.resume();
    reader.pass();
    assertThat(reader.displayName(key)).isEqualTo("new");

    Gate loaded = new Gate();
    reader.extensions().afterNextRead(loaded::pass);
    inRedis(commands -> commands.del(key.redisKey()));
    Caller filling = new Caller(reader, key);
    loaded.awaitReached();
    inRedis(
        commands -> commands.del(key.redisKey(), RedisKeys.lease(key.redisKey()))); // the late one
    loaded.open();

    assertThat(EngineInstance.displayName(filling.answer())).isEqualTo("new");
    assertThat(reader.displayName(key)).isEqualTo("new");
  }

  @Test
  void noEntryIsTrustedAfterAFailoverBeforeAFullPass() {
    String old = inRedis(commands -> commands.get(key.redisKey()));
    List<OutboxRow> rows = database.commit(key, "new");
    reader.evict(rows);
    assertThat(database.countOpen(rows)).isZero();
    redis.kill();
    await().until(() -> !reader.connected());
    redis.restart();
    inRedis(
        commands ->
            commands.set(key.redisKey(), old)); // as a replica that had not received the eviction

    assertThat(reader.displayName(key)).isEqualTo("new");
    reader.pass(); // the full pass
    assertThat(reader.trust()).isInstanceOf(Trust.State.Unavailable.class);
    assertThat(reader.displayName(key)).isEqualTo("new");
    reader.pass();
    assertThat(reader.trust()).isInstanceOf(Trust.State.Trusted.class);
    assertThat(reader.displayName(key)).isEqualTo("new");
    assertThat(reader.lookup(key).status().hit()).isTrue();
  }

  private <T> T inRedis(Function<RedisCommands<String, String>, T> action) {
    RedisClient client = RedisClient.create("redis://" + redis.host() + ":" + redis.port());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return action.apply(connection.sync());
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }
}

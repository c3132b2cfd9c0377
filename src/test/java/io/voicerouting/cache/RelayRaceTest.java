package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.Patience;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.TcpProxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writers that die before they evict, and relays that are kept from seeing it. */
@EngineTest
class RelayRaceTest {

  private static final int NOBODY = 1; // a port at which no server listens
  private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(100);

  private static RedisInstance redis;
  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final ManualClock clock = new ManualClock();
  private EngineInstance instance;
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
  void cacheAnOldValue() {
    key = database.newExtension("old");
    instance = EngineInstance.trusting(redis, clock);
    assertThat(instance.lookup(key).status().stored()).isTrue();
  }

  @AfterEach
  void stopInstance() {
    instance.close();
  }

  @Test
  void nextPassEvictsForAWriterThatDiedAfterItsCommit() {
    database.commit(key, "new");
    instance.pass();

    assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void withoutPassesTrustRunsOutAndLookupsUseTheDatabase() {
    database.commit(key, "new");
    clock.advance(Trust.SPAN);

    Lookup<HookedExtensions.Document> lookup = instance.lookup(key);

    assertThat(EngineInstance.displayName(lookup)).isEqualTo("new");
    assertThat(lookup.status().forward()).isEqualTo("bypass");
  }

  @Test
  void passThatExceedsItsSpanEvictsAndGrantsNoTrust() {
    database.commit(key, "new");
    instance.duringNextPass(() -> clock.advance(Trust.SPAN));
    instance.pass();

    assertThat(instance.trust()).isInstanceOf(Trust.State.Unavailable.class);
    instance.pass();
    assertThat(instance.lookup(key).status().stored()).isTrue();
    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void lockedRowIsEvicted() throws SQLException {
    List<OutboxRow> rows = database.commit(key, "new");
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "select from routing_cache_eviction where id = " + rows.getFirst().id() + " for update");
      instance.pass();

      assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);
      assertThat(instance.displayName(key)).isEqualTo("new");
      connection.rollback();
    }
  }

  /** The server is demoted and promoted again after its evictions, before their replies arrive. */
  @Test
  void reignIsConfirmedAfterTheRepliesToTheEvictions() {
    try (RedisInstance server = BackingServers.startRedis();
        TcpProxy proxy = TcpProxy.start(server.port());
        EngineInstance proxied = EngineInstance.trusting(proxy.port(), clock)) {
      database.commit(key, "new");
      long before = deletions(server);
      proxy.holdReplies(true);
      CompletableFuture<Void> pass =
          CompletableFuture.runAsync(proxied::pass, Thread::startVirtualThread);
      await().until(() -> deletions(server) > before);
      server.replicateFrom(NOBODY);
      server.promote();
      proxy.holdReplies(false);
      pass.join();

      assertThat(proxied.connected()).isFalse();
      assertThat(proxied.trust()).isInstanceOf(Trust.State.Unavailable.class);
    }
  }

  private static long deletions(RedisInstance server) {
    return server.execute(
        commands -> CommandStatistics.calls(commands.info("commandstats"), "del"));
  }

  @Test
  void passDuringWhichTrustIsRevokedGrantsNone() {
    instance.duringNextPass(instance::loseTrust);
    instance.pass();

    assertThat(instance.trust()).isInstanceOf(Trust.State.Unavailable.class);
    instance.pass();
    assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);
  }

  /** Either end was paused: the server may have been replaced meanwhile. */
  @Test
  void sessionWithoutAReplyForOverASecondEnds() {
    clock.advance(Trust.SPAN.plusMillis(1));
    instance.pass();

    assertThat(instance.trust()).isInstanceOf(Trust.State.Unavailable.class);
    assertThat(instance.adoptedConnections()).isEqualTo(2);
    instance.pass();
    assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);
  }

  /** The reply may have been sent before the pause. */
  @Test
  void sessionEndsThoughItsPassGetsAReplyAfterOverASecond() {
    instance.duringNextPass(() -> clock.advance(Trust.SPAN.plusMillis(1)));
    instance.pass();

    assertThat(instance.connected()).isFalse();
  }

  /** The thread of a lookup may come first after a pause. */
  @Test
  void sessionEndsThoughALookupGotAReplyAfterOverASecond() {
    instance.cutRelayOff(true);
    instance.pass();
    clock.advance(Trust.SPAN.plusMillis(1));
    assertThat(instance.lookup(key).status().degraded()).isTrue();
    instance.pass();

    assertThat(instance.connected()).isFalse();
  }

  @Test
  void lookupsThatGetRepliesKeepASessionWhosePassesDoNotAskRedis() {
    instance.cutRelayOff(true);
    instance.pass();
    clock.advance(Trust.SPAN);
    assertThat(instance.lookup(key).status().degraded()).isTrue();
    clock.advance(Trust.SPAN);
    instance.pass();

    assertThat(instance.connected()).isTrue();
  }

  @Test
  void slowDatabaseIsSparedWhenTrustRunsOutDuringAPass() {
    instance.duringNextPass(() -> clock.advance(Trust.SPAN.dividedBy(2)));
    instance.pass();
    assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);
    clock.advance(Trust.SPAN.dividedBy(2)); // the next pass is as slow

    assertThat(instance.trust()).isInstanceOf(Trust.State.Degraded.class);
    instance.pass();
    assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);
    clock.advance(Trust.SPAN);
    assertThat(instance.trust()).isInstanceOf(Trust.State.Unavailable.class);
  }

  @Test
  void hitsAreDegradedAfterACommandTimeoutWithoutTheDatabase() {
    instance.cutRelayOff(true);
    instance.pass();
    instance.loseTrust();
    assertThat(instance.trust()).isInstanceOf(Trust.State.Degraded.class);
    assertThat(instance.lookup(key).status().degraded()).isTrue();

    instance.pass(); // the database is still down, but Redis answers
    assertThat(instance.trust()).isInstanceOf(Trust.State.Degraded.class);
  }

  @Test
  void lateReplyIsAwaitedWithoutTheDatabase() {
    try (EngineInstance timingOut =
        new EngineInstance(
            redis, EngineInstance.properties(COMMAND_TIMEOUT, Duration.ofSeconds(60)), clock)) {
      await().until(timingOut::trusts); // its full pass has evicted the entry
      assertThat(instance.lookup(key).status().stored()).isTrue();
      timingOut.cutRelayOff(true);
      timingOut.pass();
      clock.advance(Trust.SPAN);
      assertThat(timingOut.trust()).isInstanceOf(Trust.State.Degraded.class);
      Lookup<HookedExtensions.Document> answer = null;
      while (answer == null) {
        answer = lookupWhilePaused(timingOut);
      }

      assertThat(answer.status().headerValue()).contains("hit", "degraded");
    }
  }

  /**
   * A lookup that has to wait longer than for a command else. Null if a busy machine resumed Redis
   * only after the longest wait.
   */
  private @Nullable Lookup<HookedExtensions.Document> lookupWhilePaused(EngineInstance timingOut) {
    redis.pause();
    long start = System.nanoTime();
    Caller caller = new Caller(timingOut, key);
    try {
      await()
          .during(COMMAND_TIMEOUT.multipliedBy(2))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> caller.waits() || longerThanTheLongestWait(start));
    } finally {
      redis.resume();
    }
    Lookup<HookedExtensions.Document> answer = caller.answer();
    return longerThanTheLongestWait(start) ? null : answer;
  }

  private static boolean longerThanTheLongestWait(long start) {
    return System.nanoTime() - start >= Trust.SPAN.toNanos();
  }

  @Test
  void hitsAreDegradedAfterALatePassWithoutTheDatabase() {
    clock.advance(Trust.SPAN);
    instance.cutRelayOff(true);
    redis.pause();
    instance.pass();
    redis.resume();

    assertThat(instance.lookup(key).status().headerValue()).contains("hit", "degraded");
  }

  @Test
  void hitsAreServedAfterALatePassWithASlowDatabase() {
    assertThat(afterALatePass(Duration.ofMillis(101)).status().headerValue())
        .contains("hit", "degraded");
  }

  @Test
  void lateRedisIsNotReadWhileTheDatabaseIsFast() {
    assertThat(afterALatePass(Duration.ofMillis(100)).status().forward()).isEqualTo("bypass");
  }

  /** A lookup after a pass that the database answered in this time, and Redis too late. */
  private Lookup<HookedExtensions.Document> afterALatePass(Duration databaseStep) {
    CacheProperties timingOut =
        EngineInstance.properties(Duration.ofSeconds(1), Duration.ofMinutes(1));
    try (EngineInstance late = new EngineInstance(redis, timingOut, clock)) {
      await().until(late::trusts);
      assertThat(late.lookup(key).status().stored()).isTrue();
      late.duringNextPass(
          () -> {
            clock.advance(databaseStep);
            redis.pause();
          });
      late.pass();
      redis.resume();
      return late.lookup(key);
    }
  }

  @Test
  void hitsAreDegradedWhileTheRelayHasNoDatabase() {
    instance.cutRelayOff(true);
    instance.pass();
    assertThat(instance.lookup(key).status().degraded()).isFalse(); // trust has not run out yet
    clock.advance(Trust.SPAN);

    Lookup<HookedExtensions.Document> lookup = instance.lookup(key);

    assertThat(EngineInstance.displayName(lookup)).isEqualTo("old");
    assertThat(lookup.status().hit()).isTrue();
    assertThat(lookup.status().degraded()).isTrue();
  }

  @Test
  void relayCatchesUpOnANewDatabaseConnection() {
    database.commit(key, "new");
    instance.loseNextRelayConnection();
    instance.pass(); // fails on the connection that was cut
    clock.advance(Trust.SPAN);
    assertThat(instance.lookup(key).status().degraded()).isTrue();
    await()
        .untilAsserted(
            () -> {
              instance.pass();
              assertThat(instance.trust()).isInstanceOf(Trust.State.Trusted.class);
            });

    assertThat(instance.displayName(key)).isEqualTo("new");
  }

  @Test
  void relayAbandonsAPassWhoseDatabaseHangs() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table routing_cache_eviction in access exclusive mode");
      long start = System.nanoTime();
      instance.pass();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      clock.advance(Trust.SPAN);

      assertThat(took).isBetween(Duration.ofMillis(250), Patience.LIMIT);
      assertThat(instance.lookup(key).status().degraded()).isTrue();
      await().untilAsserted(() -> assertThat(relaysWaitingForLocks()).isZero());
      connection.rollback();
    }
  }

  /**
   * Given up again and again, and left waiting, they would take all of PostgreSQL's connections.
   */
  private int relaysWaitingForLocks() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select count(*) from pg_stat_activity"
                    + " where wait_event_type = 'Lock' and application_name like '%relay'")) {
      result.next();
      return result.getInt(1);
    }
  }

  @Test
  void hitsAreDegradedWhenTheDatabaseHangsAfterAPass() throws SQLException {
    database.commit(key, "new");
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // Reading open rows goes on, marking them done does not.
      statement.execute("lock table routing_cache_eviction in share mode");
      instance.round();
      connection.rollback();
    }
    assertThat(instance.isDatabaseDown()).isTrue();
    assertThat(instance.displayName(key)).isEqualTo("new");
    clock.advance(Trust.SPAN);

    assertThat(instance.lookup(key).status().degraded()).isTrue();
  }

  @Test
  void firstPassAfterDegradedOperationEvictsOpenRows() {
    instance.cutRelayOff(true);
    instance.pass();
    clock.advance(Trust.SPAN);
    database.commit(key, "new");
    assertThat(instance.lookup(key).status().degraded()).isTrue();
    instance.cutRelayOff(false);
    instance.pass();

    Lookup<HookedExtensions.Document> lookup = instance.lookup(key);

    assertThat(EngineInstance.displayName(lookup)).isEqualTo("new");
    assertThat(lookup.status().degraded()).isFalse();
  }
}

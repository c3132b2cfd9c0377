package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.eviction.CompletedPass;
import io.voicerouting.cache.eviction.Outbox;
import io.voicerouting.cache.eviction.OutboxRow;
import io.voicerouting.cache.redis.Trust;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.RedisInstance;
import io.voicerouting.testing.ThreadLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** How rows of the outbox are marked, kept and deleted. */
@EngineTest
class OutboxTest {

  private static final int MANY = 2_500;
  private static final String OLDER_VERSION = "An instance of an older version";

  private final ManualClock clock = new ManualClock();
  private final CoherenceDatabase database = CoherenceDatabase.get();
  private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
  private final Outbox outbox = new Outbox(database.dataSource());
  private final long organization = database.newExtension("some").organizationId();

  @AfterEach
  void removeRows() {
    jdbc.update("delete from routing_cache_eviction where organization_id = ?", organization);
  }

  private List<OutboxRow> rows(int count, String doneAt) {
    return jdbc.query(
        "insert into routing_cache_eviction"
            + " (organization_id, resource_type, identifier, created_at, done_at)"
            + " select ?, 'extension', n::text, clock_timestamp() - interval '1 minute', "
            + doneAt
            + " from generate_series(1000, 999 + ?) n"
            + " returning id, organization_id, resource_type, identifier",
        (row, index) ->
            new OutboxRow(
                row.getLong(1), row.getLong(2), row.getString(3), row.getString(4), 0, null),
        organization,
        count);
  }

  @Test
  void marksAllRowsOfATransaction() {
    List<OutboxRow> rows = rows(MANY, "null");
    outbox.markDone(new CompletedPass(rows, "reign", "host:6379"));

    assertThat(database.countOpen(rows)).isZero();
  }

  @Test
  void passMarksNoMoreRowsThanTheTrustSpanAllows() {
    try (RedisInstance redis = BackingServers.startRedis();
        EngineInstance instance = EngineInstance.trusting(redis, clock)) {
      instance.round(); // rows of other tests
      List<OutboxRow> rows = rows(MANY, "null");
      markingTakes(instance, Duration.ofMillis(251));
      assertThat(database.countOpen(rows)).isEqualTo(MANY - Outbox.MARK_BATCH);
      markingTakes(instance, Trust.SPAN);
      assertThat(database.countOpen(rows)).isZero();
    }
  }

  /** Runs a round whose first batch takes this time. */
  private void markingTakes(EngineInstance instance, Duration time) {
    instance.duringNextPass(() -> instance.duringNextPass(() -> clock.advance(time)));
    instance.round();
  }

  /** As after a restore into another database cluster, whose transaction ids start again. */
  @Test
  void keptRowOfTheSameTransactionIdAndKeyIsOpenAgain() {
    new TransactionTemplate(database.transactions())
        .executeWithoutResult(
            status -> {
              jdbc.update(
                  "insert into routing_cache_eviction"
                      + " (organization_id, resource_type, identifier, done_at, done_on)"
                      + " values (?, 'extension', '101', clock_timestamp(), '{reign}')",
                  organization);
              jdbc.update(
                  "update extensions set display_name = 'new' where organization_id = ?",
                  organization);
            });

    assertThat(
            jdbc.queryForObject(
                "select count(*) from routing_cache_eviction"
                    + " where organization_id = ? and done_at is null and done_on is null",
                Long.class,
                organization))
        .isEqualTo(1);
  }

  @Test
  void skipsRowsThatAnotherInstanceIsMarking() throws SQLException {
    List<OutboxRow> rows = rows(3, "null");
    try (Connection other = database.dataSource().getConnection();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          "select from routing_cache_eviction where id = " + rows.get(1).id() + " for update");
      outbox.markDone(new CompletedPass(rows, "reign", "host:6379"));

      assertThat(database.countOpen(rows)).isEqualTo(1);
      other.rollback();
    }
  }

  @Test
  void rowsAreKeptAsLongAsAnyInstanceNeedsThem() {
    Duration hour = Duration.ofHours(1); // as long as instances of tests need them
    List<OutboxRow> rows = rows(1, "clock_timestamp() - interval '2 hours'");
    try (RedisInstance redis = BackingServers.startRedis();
        EngineInstance instance = EngineInstance.trusting(redis, clock)) {
      assertThat(outbox.announceRetention(Duration.ofHours(3))).isEqualTo(Duration.ofHours(3));
      assertThat(outbox.announceRetention(hour)).isEqualTo(Duration.ofHours(3));
      instance.round();
      assertThat(database.countRows(rows)).isEqualTo(1);

      // Every entry that was stored with the long TTL has expired.
      jdbc.update(
          "update routing_cache_retention set expires_at = now() - interval '1 second'"
              + " where keep_seconds > ?",
          hour.toSeconds());
      assertThat(outbox.announceRetention(hour)).isEqualTo(hour);
      assertThat(outbox.announceRetention(hour.minusMinutes(30))).isEqualTo(hour);
      clock.advance(Duration.ofMinutes(2));
      instance.round(); // may find trust gone, and still removes old rows
      instance.round();
      assertThat(database.countRows(rows)).isZero();
    }
  }

  @Test
  void instanceAnnouncesItsRetentionBeforeItTrustsRedis() {
    jdbc.update("delete from routing_cache_retention");
    try (RedisInstance redis = BackingServers.startRedis();
        EngineInstance instance = new EngineInstance(redis, EngineInstance.LONG_TIMEOUTS, clock)) {
      jdbc.execute("alter table routing_cache_retention rename to hidden");
      try {
        instance.pass();
        instance.pass();
      } finally {
        jdbc.execute("alter table hidden rename to routing_cache_retention");
      }
      assertThat(instance.trusted()).isFalse();

      await().until(instance::trusts);
      assertThat(jdbc.queryForList("select keep_seconds from routing_cache_retention", Long.class))
          .containsExactly(Duration.ofHours(1).toSeconds());
    }
  }

  @Test
  void removesOldDoneRowsInBoundedSteps() {
    rows(MANY, "clock_timestamp() - interval '2 hours'");
    List<OutboxRow> recent =
        IntStream.range(0, 3)
            .mapToObj(i -> database.newExtension("recent"))
            .map(this::row)
            .toList();

    assertThat(outbox.purge(Duration.ofHours(1))).isEqualTo(Outbox.PURGE_BATCH);
    assertThat(outbox.purge(Duration.ofHours(1))).isEqualTo(Outbox.PURGE_BATCH);
    assertThat(outbox.purge(Duration.ofHours(1))).isEqualTo(500);
    assertThat(outbox.purge(Duration.ofHours(1))).isZero();
    assertThat(recent)
        .allSatisfy(
            row ->
                assertThat(
                        jdbc.queryForObject(
                            "select count(*) from routing_cache_eviction where organization_id = ?",
                            Long.class,
                            row.organizationId()))
                    .isPositive());
  }

  private OutboxRow row(CacheKey key) {
    return new OutboxRow(0, key.organizationId(), key.resource(), key.identifier(), 0, null);
  }

  @Test
  void passRemovesOldDoneRows() {
    rows(3, "clock_timestamp() - interval '2 hours'");
    try (RedisInstance redis = BackingServers.startRedis();
        EngineInstance instance = EngineInstance.trusting(redis, new ManualClock())) {
      instance.round();
    }

    assertThat(
            jdbc.queryForObject(
                "select count(*) from routing_cache_eviction where organization_id = ? and done_at"
                    + " < clock_timestamp() - interval '1 hour'",
                Long.class,
                organization))
        .isZero();
  }

  @Test
  void rowThatAnOlderVersionMarksWhileThisOneRunsIsReportedOnce() {
    rows(1, "clock_timestamp()"); // from before the upgrade
    try (ThreadLog log = ThreadLog.listen();
        RedisInstance redis = BackingServers.startRedis();
        EngineInstance instance = EngineInstance.trusting(redis, clock)) {
      instance.pass();
      assertThat(aboutAnOlderVersion(log)).isEmpty();
      rows(1, "clock_timestamp()");
      instance.pass();
      rows(1, "clock_timestamp()");
      instance.pass();

      assertThat(aboutAnOlderVersion(log)).hasSize(1);
    }
  }

  @Test
  void rowThatAnOlderVersionMarkedWhileThereWasNoSessionIsReported() {
    try (ThreadLog log = ThreadLog.listen();
        RedisInstance redis = BackingServers.startRedis();
        EngineInstance instance = EngineInstance.trusting(redis, clock)) {
      instance.disconnect();
      rows(1, "clock_timestamp()");
      instance.pass();

      assertThat(aboutAnOlderVersion(log)).isNotEmpty();
    }
  }

  private static List<String> aboutAnOlderVersion(ThreadLog log) {
    return log.messages().stream().filter(message -> message.contains(OLDER_VERSION)).toList();
  }

  @Test
  void backlogGrowsWhileRedisIsDown() {
    try (RedisInstance redis = BackingServers.startRedis();
        EngineInstance instance = EngineInstance.trusting(redis, clock)) {
      instance.pass(); // the one before may have found rows of other tests
      assertThat(instance.backlog().backlog()).isZero();
      redis.kill();
      instance.disconnect();
      rows(3, "null");
      clock.advance(Duration.ofSeconds(1));
      instance.pass();

      assertThat(instance.backlog().backlog()).isEqualTo(3);
      assertThat(instance.backlog().lagMs()).isBetween(60_000L, 120_000L);
      redis.restart();
      await().until(instance::trusts);
      instance.pass();
      assertThat(instance.backlog().backlog()).isZero();
    }
  }
}

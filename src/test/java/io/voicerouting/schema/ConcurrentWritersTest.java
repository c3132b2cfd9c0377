package io.voicerouting.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicerouting.schema.MigratedDatabase.Session;
import io.voicerouting.testing.Patience;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions that overlap: none is held up by the outbox, none leaves the wrong owner's key. */
class ConcurrentWritersTest {

  private static final String CHANGE_RANGE =
      "update business_hours_time_ranges set end_time = '18:00' where id = 11";
  private static final String MOVE_SCHEDULE =
      "update business_hours_schedules set organization_id = 2, status = 'inactive' where id = 11";

  private final MigratedDatabase database = MigratedDatabase.get();
  private final Session other = database.session(MigratedDatabase.SUPERUSER);

  @BeforeEach
  void reset() {
    database.reset();
  }

  @AfterEach
  void close() {
    other.close();
  }

  @Test
  void doNotWaitForEachOtherOverOneKey() {
    database
        .owner()
        .transaction()
        .executeWithoutResult(
            status -> {
              database
                  .owner()
                  .sql()
                  .sql("update business_hours_schedules set name = 'A' where id = 11")
                  .update();
              other.commit(
                  "set local lock_timeout = '60s';"
                      + "update business_hours_schedules set name = 'B' where id = 12");
            });
    assertThat(database.outbox()).containsExactly("1 business_hours", "1 business_hours");
  }

  @Test
  void scheduleCannotMoveBeforeAChangeOfItsRangesCommits() {
    CompletableFuture<Void> move =
        database
            .owner()
            .transaction()
            .execute(
                status -> {
                  database.owner().sql().sql(CHANGE_RANGE).update();
                  CompletableFuture<Void> moving =
                      CompletableFuture.runAsync(
                          () -> other.commit(MOVE_SCHEDULE), Thread::startVirtualThread);
                  awaitBlockedSession();
                  return moving;
                });
    assertThat(move).succeedsWithin(Patience.LIMIT);
    assertThat(database.outbox())
        .containsExactly("1 business_hours", "1 business_hours", "2 business_hours");
  }

  @Test
  void changeOfRangesAfterAMoveNamesTheNewOwner() {
    CompletableFuture<Void> change =
        database
            .owner()
            .transaction()
            .execute(
                status -> {
                  database.owner().sql().sql(MOVE_SCHEDULE).update();
                  CompletableFuture<Void> changing =
                      CompletableFuture.runAsync(
                          () -> other.commit(CHANGE_RANGE), Thread::startVirtualThread);
                  awaitBlockedSession();
                  return changing;
                });
    assertThat(change).succeedsWithin(Patience.LIMIT);
    assertThat(database.outbox())
        .containsExactly("1 business_hours", "2 business_hours", "2 business_hours");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into routing_overrides (organization_id, scope, phone_number_id, mode)"
            + " values (1, 'number', 11, 'closed')",
        "update routing_overrides set cleared_at = now() where id = 11",
        "delete from routing_overrides where id = 11"
      })
  void changeOfAnOverrideAfterARenumberingNamesTheNewNumber(String statement) {
    database
        .owner()
        .commit(
            """
            insert into phone_numbers (id, organization_id, number) values (11, 1, '+15550100');
            insert into routing_overrides (id, organization_id, scope, phone_number_id, mode)
              values (11, 1, 'number', 11, 'open');
            truncate routing_cache_eviction;
            """);
    CompletableFuture<Void> change =
        database
            .owner()
            .transaction()
            .execute(
                status -> {
                  database
                      .owner()
                      .sql()
                      .sql("update phone_numbers set number = '+15550199' where id = 11")
                      .update();
                  CompletableFuture<Void> changing =
                      CompletableFuture.runAsync(
                          () -> other.commit(statement), Thread::startVirtualThread);
                  awaitBlockedSession();
                  return changing;
                });
    assertThat(change).succeedsWithin(Patience.LIMIT);
    assertThat(database.outbox())
        .containsExactly(
            "0 phone_number 15550100", "0 phone_number 15550199", "0 phone_number 15550199");
  }

  @Test
  void snapshotWithoutTheParentIsRefused() {
    assertRefusedInSnapshot(
        """
        insert into business_hours_schedules (id, organization_id, name, status,
          open_hours_action_type, open_hours_action_target,
          closed_hours_action_type, closed_hours_action_target)
        values (22, 2, 'Late', 'inactive', 'extension', '1', 'extension', '1')
        """,
        "insert into business_hours_schedule_days (business_hours_schedule_id, day_of_week) values (22, 'monday')",
        "23503");
  }

  @Test
  void snapshotWithAnOldOwnerIsRefused() {
    assertRefusedInSnapshot(MOVE_SCHEDULE, CHANGE_RANGE, "40001");
  }

  @Test
  void snapshotCannotTruncateUnseenRows() {
    assertThatThrownBy(
            () ->
                database
                    .owner()
                    .snapshotTransaction()
                    .executeWithoutResult(
                        status -> database.owner().sql().sql("truncate extensions").update()))
        .rootCause()
        .hasMessageContaining(
            "TRUNCATE of extensions in a repeatable read transaction (expected: read committed)");
  }

  private void assertRefusedInSnapshot(String meanwhile, String statement, String sqlState) {
    assertThatThrownBy(
            () ->
                database
                    .owner()
                    .snapshotTransaction()
                    .executeWithoutResult(
                        status -> {
                          database.owner().number("select count(*) from organizations");
                          other.commit(meanwhile);
                          database.owner().sql().sql(statement).update();
                        }))
        .rootCause()
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(sqlState));
  }

  private void awaitBlockedSession() {
    Awaitility.await()
        .until(
            () -> {
              try (Session watcher = database.session(MigratedDatabase.SUPERUSER)) {
                return watcher.number(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                    == 1;
              }
            });
  }
}

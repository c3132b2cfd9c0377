package io.voicerouting.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An ETag stands on a version that moves whenever the document does. */
class RowVersionTest {

  private final MigratedDatabase database = MigratedDatabase.get();

  @BeforeEach
  void reset() {
    database.reset();
    database
        .owner()
        .commit(
            """
            alter table organizations disable trigger touch;
            alter table extensions disable trigger touch;
            alter table business_hours_schedules disable trigger touch;
            update organizations set version = 5, updated_at = '2020-01-01Z';
            update extensions set version = 5, updated_at = '2020-01-01Z';
            update business_hours_schedules set version = 5, updated_at = '2020-01-01Z';
            alter table organizations enable always trigger touch;
            alter table extensions enable always trigger touch;
            alter table business_hours_schedules enable always trigger touch;
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "organizations, name = 'X', 6",
    "extensions, status = 'inactive', 6",
    "business_hours_schedules, name = 'X', 6",
    // Hibernate moves it by itself.
    "extensions, version = version + 1, 6",
    // It never goes back to a version that somebody may hold.
    "extensions, version = 0, 6"
  })
  void movesWithEveryUpdate(String table, String assignment, long version) {
    database.owner().commit("update %s set %s where id %% 10 = 1".formatted(table, assignment));
    assertThat(database.owner().number("select min(version) from " + table + " where id % 10 = 1"))
        .isEqualTo(version);
    assertThat(touched(table + " where id % 10 = 1")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update business_hours_schedule_days set enabled = false where id = 11",
        "delete from business_hours_schedule_days where id = 11",
        "insert into business_hours_time_ranges (business_hours_schedule_day_id, start_time, end_time)"
            + " values (11, '18:00', '19:00')",
        "update business_hours_time_ranges set end_time = '18:00' where id = 11",
        "delete from business_hours_time_ranges where id = 11",
        "insert into business_hours_exceptions (business_hours_schedule_id, date, name, type)"
            + " values (11, '2027-01-01', 'New Year', 'closed')",
        "update business_hours_exceptions set name = 'X' where id = 11",
        "update business_hours_exception_time_ranges set end_time = '13:00' where id = 11",
        "delete from business_hours_exception_time_ranges where id = 11",
        // Twice in a transaction: readers outside see one step.
        "update business_hours_time_ranges set end_time = '18:00' where id = 11;"
            + "update business_hours_time_ranges set end_time = '19:00' where id = 11"
      })
  void movesForAChangeOfNestedRowsAndForThatScheduleOnly(String statements) {
    database.owner().commit(statements);
    assertThat(versionOfSchedule(11)).isEqualTo(6);
    assertThat(versionOfSchedule(12)).isEqualTo(5);
    assertThat(versionOfSchedule(21)).isEqualTo(5);
    assertThat(touched("business_hours_schedules where id = 11")).isTrue();
  }

  @Test
  void movesForBothSchedulesOfAMovedRow() {
    database
        .owner()
        .commit(
            "update business_hours_time_ranges set business_hours_schedule_day_id = 21 where id = 11");
    assertThat(versionOfSchedule(11)).isEqualTo(6);
    assertThat(versionOfSchedule(12)).isEqualTo(5);
    assertThat(versionOfSchedule(21)).isEqualTo(6);
  }

  @Test
  void movesForEveryScheduleThatATruncateEmpties() {
    database
        .owner()
        .commit(
            "delete from business_hours_time_ranges where id = 21; truncate business_hours_time_ranges");
    assertThat(database.owner().number("select sum(version) from business_hours_schedules"))
        .isEqualTo(18);
  }

  @Test
  void staysWhereAWriterPutItBeforeItsNestedRows() {
    database
        .owner()
        .commit(
            """
            update business_hours_schedules set version = 6 where id = 11 and version = 5;
            update business_hours_time_ranges set end_time = '18:00' where id = 11;
            delete from business_hours_exceptions where id = 11;
            """);
    assertThat(versionOfSchedule(11)).isEqualTo(6);
  }

  /** As bulk loads have it. */
  @Test
  void movesInReplicaRoleToo() {
    database
        .owner()
        .commit(
            """
            set local session_replication_role = replica;
            update business_hours_time_ranges set end_time = '18:00' where id = 11;
            update extensions set status = 'inactive' where id = 11;
            """);
    assertThat(versionOfSchedule(11)).isEqualTo(6);
    assertThat(touched("business_hours_schedules where id = 11")).isTrue();
    assertThat(touched("extensions where id = 11")).isTrue();
  }

  private long versionOfSchedule(long id) {
    return database.owner().number("select version from business_hours_schedules where id = " + id);
  }

  private boolean touched(String rows) {
    return database
        .owner()
        .sql()
        .sql("select bool_and(updated_at > now() - interval '1 minute') from " + rows)
        .query(Boolean.class)
        .single();
  }
}

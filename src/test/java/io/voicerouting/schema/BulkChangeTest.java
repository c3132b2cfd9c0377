package io.voicerouting.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Past a thousand keys of one organization, one row for all it has; past ten thousand in all, for
 * each organization; and if these are more than a thousand, one row for everything.
 */
class BulkChangeTest {

  private final MigratedDatabase database = MigratedDatabase.get();

  @BeforeEach
  void reset() {
    database.reset();
    database.owner().commit("delete from extensions; truncate routing_cache_eviction");
  }

  @Test
  void namesEachOfAThousandKeys() {
    insertExtensions(1, 1_000);
    assertThat(database.outbox()).hasSize(1_000).doesNotContain("1 everything");
  }

  @Test
  void leavesOneRowForMore() {
    insertExtensions(1, 1_001);
    assertThat(database.outbox()).containsExactly("1 everything");
  }

  @Test
  void countsEachOrganizationByItself() {
    database
        .owner()
        .commit(
            """
            insert into extensions (organization_id, extension_number, type)
            select case when n <= 2 then 2 else 1 end, n::text, 'user' from generate_series(1, 2000) n
            """);
    assertThat(database.outbox()).containsExactly("1 everything", "2 extension 1", "2 extension 2");
  }

  @Test
  void keepsTheOneKeyOfAScheduleHoweverManyRangesChange() {
    database
        .owner()
        .commit(
            """
            insert into business_hours_time_ranges (business_hours_schedule_day_id, start_time, end_time)
            select 11, '09:00', '10:00' from generate_series(1, 2000)
            """);
    assertThat(database.outbox()).containsExactly("1 business_hours");
  }

  @Test
  void leavesOneRowForVeryManyRowsOfEveryEvent() {
    insertExtensions(1, 20_000);
    database.owner().commit("update extensions set status = 'inactive'");
    database.owner().commit("delete from extensions");
    assertThat(database.outbox()).containsExactly("1 everything", "1 everything", "1 everything");
  }

  @Test
  void leavesOneRowForManyNumbers() {
    database
        .owner()
        .commit(
            """
            insert into phone_numbers (organization_id, number)
            select 1, '+1555' || n from generate_series(10001, 11000) n
            """);
    assertThat(database.outbox()).hasSize(1_000).doesNotContain("0 everything");

    database.owner().commit("truncate routing_cache_eviction");
    database
        .owner()
        .commit(
            """
            insert into phone_numbers (organization_id, number)
            select 1, '+1555' || n from generate_series(20001, 21001) n
            """);
    assertThat(database.outbox()).containsExactly("0 everything");
  }

  @Test
  void leavesOneRowOfEachOrganizationForVeryManyKeys() {
    insertOrganizations(11);
    insertExtensionsEverywhere(900);

    assertThat(database.outbox())
        .hasSizeBetween(12, 20)
        .allMatch(row -> row.endsWith("everything"));
    assertThat(database.outbox()).doesNotContain("-1 everything");
  }

  @Test
  void leavesOneRowForVeryManyKeysOfManyOrganizations() {
    insertOrganizations(1_000);
    insertExtensionsEverywhere(10);

    assertThat(database.outbox()).containsExactly("-1 everything");
  }

  private void insertOrganizations(int count) {
    database
        .owner()
        .sql()
        .sql(
            "insert into organizations (name, timezone)"
                + " select 'Bulk ' || n, 'Etc/UTC' from generate_series(1, ?) n")
        .param(count)
        .update();
    database.owner().commit("truncate routing_cache_eviction");
  }

  private void insertExtensionsEverywhere(int each) {
    database
        .owner()
        .sql()
        .sql(
            """
            insert into extensions (organization_id, extension_number, type)
            select o.id, n::text, 'user' from organizations o cross join generate_series(1, ?) n
            """)
        .param(each)
        .update();
  }

  private void insertExtensions(long organizationId, int count) {
    database
        .owner()
        .sql()
        .sql(
            """
            insert into extensions (organization_id, extension_number, type)
            select ?, n::text, 'user' from generate_series(1, ?) n
            """)
        .params(organizationId, count)
        .update();
  }
}

package io.voicerouting.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which keys each change leaves to be evicted. */
class EvictionOutboxTest {

  /** Numbers and a schedule for them, without their own evictions. */
  private static final String NUMBERS =
      """
      insert into business_hours_schedules (id, organization_id, name, scope,
          open_hours_action_type, open_hours_action_target, closed_hours_action_type, closed_hours_action_target)
        values (13, 1, 'Hotline', 'number', 'extension', '101', 'voicemail', '101');
      insert into business_hours_schedule_days (id, business_hours_schedule_id, day_of_week, enabled)
        values (13, 13, 'monday', true);
      insert into business_hours_time_ranges (id, business_hours_schedule_day_id, start_time, end_time)
        values (13, 13, '09:00', '17:00');
      insert into phone_numbers (id, organization_id, number, match, hours, business_hours_schedule_id)
        values (11, 1, '+15550100', 'exact', 'own', 13), (12, 1, '+155502', 'prefix', 'organization', null),
               (21, 2, '+15550200', 'exact', 'organization', null);
      truncate routing_cache_eviction;
      """;

  private final MigratedDatabase database = MigratedDatabase.get();

  @BeforeEach
  void reset() {
    database.reset();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "organizations",
    "extensions",
    "schedules",
    "nestedRows",
    "moves",
    "truncations",
    "numbers",
    "organizationsOfNumbers",
    "sipDomains",
    "schedulesOfNumbers"
  })
  void leavesTheKeysThatTheChangeMadeStale(String change, String statements, List<String> keys) {
    database.owner().commit(statements);
    assertThat(database.outbox()).isEqualTo(keys);
  }

  static Stream<Arguments> organizations() {
    return Stream.of(
        change(
            "organization created",
            "insert into organizations (id, name, timezone) values (3, 'X', 'UTC')",
            "3 business_hours",
            "3 organization"),
        change(
            "organization renamed",
            "update organizations set name = 'Uno' where id = 1",
            "1 organization"),
        change(
            "organization suspended: the document of blocks shows it",
            "update organizations set status = 'suspended' where id = 1",
            "0 phone_number_block",
            "1 organization"),
        change(
            "zone changed: schedules may inherit it",
            "update organizations set timezone = 'UTC' where id = 1",
            "1 business_hours",
            "1 everything",
            "1 organization"),
        change(
            "only one of two zones changed",
            "update organizations set timezone = 'Asia/Tokyo'",
            "1 business_hours",
            "1 everything",
            "1 organization",
            "2 organization"),
        change(
            "organization that gets another id while foreign keys are off",
            "set local session_replication_role = replica;"
                + "update organizations set id = 3 where id = 2",
            "2 business_hours",
            "2 organization",
            "3 business_hours",
            "3 organization"),
        change(
            "organization deleted with all it has",
            "delete from organizations where id = 2",
            "2 business_hours",
            "2 everything",
            "2 extension 101",
            "2 organization"));
  }

  static Stream<Arguments> sipDomains() {
    String domain = "update organizations set sip_domain = 'uno.example' where id = 1;";
    String given = domain + "truncate routing_cache_eviction;";
    return Stream.of(
        change("domain given", domain, "0 sip_domain uno.example", "1 organization"),
        change(
            "domain changed: the old one and the new one",
            given + "update organizations set sip_domain = 'one.example' where id = 1",
            "0 sip_domain one.example",
            "0 sip_domain uno.example",
            "1 organization"),
        change(
            "domain kept",
            given + "update organizations set name = 'Uno' where id = 1",
            "1 organization"),
        change(
            "domain moved to another organization",
            given
                + "update organizations set sip_domain = null where id = 1;"
                + "update organizations set sip_domain = 'uno.example' where id = 2",
            "0 sip_domain uno.example",
            "1 organization",
            "2 organization"),
        change(
            "organization with a domain deleted",
            given + "delete from organizations where id = 1",
            "0 sip_domain uno.example",
            "1 business_hours",
            "1 everything",
            "1 extension 101",
            "1 extension 102",
            "1 organization"));
  }

  static Stream<Arguments> extensions() {
    return Stream.of(
        change(
            "extension created where a lookup found none",
            "insert into extensions (organization_id, extension_number, type) values (1, '103', 'user')",
            "1 extension 103"),
        change(
            "extension changed",
            "update extensions set status = 'inactive' where id = 11",
            "1 extension 101"),
        change(
            "extension renumbered: both numbers",
            "update extensions set extension_number = '199' where id = 11",
            "1 extension 101",
            "1 extension 199"),
        change(
            "extension moved to another organization: both owners",
            "update extensions set organization_id = 2 where id = 12",
            "1 extension 102",
            "2 extension 102"),
        change("extension deleted", "delete from extensions where id = 21", "2 extension 101"),
        change(
            "several rows in one statement",
            "update extensions set voicemail_enabled = true",
            "1 extension 101",
            "1 extension 102",
            "2 extension 101"),
        change(
            "upsert",
            """
            insert into extensions (organization_id, extension_number, type)
            values (1, '101', 'ivr'), (1, '104', 'ivr')
            on conflict (organization_id, extension_number) do update set type = excluded.type
            """,
            "1 extension 101",
            "1 extension 104"),
        change(
            "the same key twice in one transaction",
            "update extensions set status = 'inactive' where id = 11;"
                + "update extensions set status = 'active' where id = 11",
            "1 extension 101"),
        change(
            "bulk load that asks for no triggers",
            "set local session_replication_role = replica;"
                + "update extensions set status = 'inactive' where id = 11",
            "1 extension 101"),
        change(
            "merge that updates, inserts and deletes",
            """
            merge into extensions e
            using (values (1, '101', 'ivr'), (1, '104', 'ivr'), (2, '101', 'gone')) n (organization_id, number, type)
            on e.organization_id = n.organization_id and e.extension_number = n.number
            when matched and n.type = 'gone' then delete
            when matched then update set type = n.type
            when not matched then
              insert (organization_id, extension_number, type) values (n.organization_id, n.number, n.type)
            """,
            "1 extension 101",
            "1 extension 104",
            "2 extension 101"),
        change(
            "one statement with several parts",
            """
            with gone as (delete from extensions where id = 11 returning organization_id)
            update extensions set status = 'inactive' where id = 21
            """,
            "1 extension 101",
            "2 extension 101"),
        change(
            "under a savepoint that was rolled back, and again",
            """
            do $$ begin
              begin
                update extensions set status = 'inactive' where id = 11;
                update extensions set status = 'inactive' where id = 12;
                raise division_by_zero;
              exception when division_by_zero then null;
              end;
              update extensions set status = 'inactive' where id = 12;
            end $$
            """,
            "1 extension 102"),
        change("nothing matched", "update extensions set status = 'inactive' where id = 99"));
  }

  static Stream<Arguments> schedules() {
    return Stream.of(
        change(
            "schedule created",
            """
            insert into business_hours_schedules (organization_id, name, status, open_hours_action_type,
              open_hours_action_target, closed_hours_action_type, closed_hours_action_target)
            values (2, 'Winter', 'inactive', 'ivr_menu', '1', 'external', '+15550100')
            """,
            "2 business_hours"),
        change(
            "schedule renamed",
            "update business_hours_schedules set name = 'X' where id = 11",
            "1 business_hours"),
        change(
            "active schedule swapped",
            "update business_hours_schedules set status = 'inactive' where id = 11;"
                + "update business_hours_schedules set status = 'active' where id = 12",
            "1 business_hours"),
        change(
            "schedule soft-deleted",
            "update business_hours_schedules set deleted_at = now() where id = 11",
            "1 business_hours"),
        change(
            "schedule deleted with its nested rows",
            "delete from business_hours_schedules where id = 11",
            "1 business_hours"));
  }

  static Stream<Arguments> nestedRows() {
    return Stream.of(
        change(
            "day created",
            "insert into business_hours_schedule_days (business_hours_schedule_id, day_of_week) values (11, 'sunday')",
            "1 business_hours"),
        change(
            "day changed",
            "update business_hours_schedule_days set enabled = false where id = 11",
            "1 business_hours"),
        change(
            "day deleted with its ranges",
            "delete from business_hours_schedule_days where id = 11",
            "1 business_hours"),
        change(
            "range created",
            "insert into business_hours_time_ranges (business_hours_schedule_day_id, start_time, end_time)"
                + " values (21, '18:00', '20:00')",
            "2 business_hours"),
        change(
            "range changed",
            "update business_hours_time_ranges set end_time = '18:00' where id = 21",
            "2 business_hours"),
        change(
            "range gets an action",
            "update business_hours_time_ranges set action_type = 'voicemail', action_target = 'x' where id = 21",
            "2 business_hours"),
        change(
            "exception gets an action",
            "update business_hours_exceptions set action_type = 'voicemail', action_target = 'x' where id = 11",
            "1 business_hours"),
        change(
            "range deleted",
            "delete from business_hours_time_ranges where id = 21",
            "2 business_hours"),
        change(
            "exception created",
            "insert into business_hours_exceptions (business_hours_schedule_id, date, name, type)"
                + " values (11, '2027-01-01', 'New Year', 'closed')",
            "1 business_hours"),
        change(
            "exception changed",
            "update business_hours_exceptions set name = 'X' where id = 11",
            "1 business_hours"),
        change(
            "exception deleted with its ranges",
            "delete from business_hours_exceptions where id = 11",
            "1 business_hours"),
        change(
            "exception range created",
            "insert into business_hours_exception_time_ranges (business_hours_exception_id, start_time, end_time)"
                + " values (21, '18:00', '20:00')",
            "2 business_hours"),
        change(
            "exception range changed",
            "update business_hours_exception_time_ranges set end_time = '13:00' where id = 21",
            "2 business_hours"),
        change(
            "exception range deleted",
            "delete from business_hours_exception_time_ranges where id = 21",
            "2 business_hours"));
  }

  static Stream<Arguments> moves() {
    return Stream.of(
        change(
            "schedule moved to another organization",
            "update business_hours_schedules set organization_id = 2 where id = 12",
            "1 business_hours",
            "2 business_hours"),
        change(
            "day moved to another schedule",
            "update business_hours_schedule_days set business_hours_schedule_id = 21, day_of_week = 'sunday'"
                + " where id = 11",
            "1 business_hours",
            "2 business_hours"),
        change(
            "range moved to another day",
            "update business_hours_time_ranges set business_hours_schedule_day_id = 21 where id = 11",
            "1 business_hours",
            "2 business_hours"),
        change(
            "exception moved to another schedule",
            "update business_hours_exceptions set business_hours_schedule_id = 21, date = '2027-01-01' where id = 11",
            "1 business_hours",
            "2 business_hours"),
        change(
            "exception range moved to another exception",
            "update business_hours_exception_time_ranges set business_hours_exception_id = 21 where id = 11",
            "1 business_hours",
            "2 business_hours"));
  }

  static Stream<Arguments> truncations() {
    return Stream.of(
        change("extensions", "truncate extensions", "1 everything", "2 everything"),
        change(
            "only organizations that have rows there",
            "delete from extensions where organization_id = 2;"
                + "truncate routing_cache_eviction; truncate extensions",
            "1 everything"),
        change(
            "ranges",
            "truncate business_hours_time_ranges",
            "1 business_hours",
            "1 everything",
            "2 business_hours",
            "2 everything"),
        change(
            "exception ranges of one organization",
            "delete from business_hours_exception_time_ranges where id > 20;"
                + "truncate routing_cache_eviction; truncate business_hours_exception_time_ranges",
            "1 business_hours",
            "1 everything"),
        change(
            "schedules, cascading to their nested rows",
            "truncate business_hours_schedules cascade",
            "1 business_hours",
            "1 everything",
            "2 business_hours",
            "2 everything"),
        change(
            "everything",
            "truncate organizations cascade",
            "1 business_hours",
            "1 everything",
            "2 business_hours",
            "2 everything"));
  }

  static Stream<Arguments> numbers() {
    return Stream.of(
        change(
            "number created where a lookup found none",
            "insert into phone_numbers (organization_id, number) values (1, '+15550103')",
            "0 phone_number 15550103"),
        change(
            "block created",
            "insert into phone_numbers (organization_id, number, match) values (1, '+1555',"
                + " 'prefix')",
            "0 phone_number_block"),
        change(
            "number changed",
            NUMBERS + "update phone_numbers set status = 'inactive' where id = 11",
            "0 phone_number 15550100"),
        change(
            "number renumbered: both numbers",
            NUMBERS + "update phone_numbers set number = '+15550199' where id = 11",
            "0 phone_number 15550100",
            "0 phone_number 15550199"),
        change(
            "number moved to another organization",
            NUMBERS + "update phone_numbers set organization_id = 2 where id = 11",
            "0 phone_number 15550100"),
        change(
            "number that becomes a block",
            NUMBERS + "update phone_numbers set match = 'prefix' where id = 11",
            "0 phone_number 15550100",
            "0 phone_number_block"),
        change(
            "block changed",
            NUMBERS + "update phone_numbers set name = 'X' where id = 12",
            "0 phone_number_block"),
        change(
            "numbers deleted",
            NUMBERS + "delete from phone_numbers",
            "0 phone_number 15550100",
            "0 phone_number 15550200",
            "0 phone_number_block"),
        change(
            "numbers deleted with their organization",
            NUMBERS + "delete from organizations where id = 2",
            "0 phone_number 15550200",
            "2 business_hours",
            "2 everything",
            "2 extension 101",
            "2 organization"),
        change(
            "numbers truncated",
            NUMBERS + "truncate phone_numbers, routing_overrides",
            "0 everything"),
        change(
            "bulk load that asks for no triggers",
            NUMBERS
                + "set local session_replication_role = replica;"
                + "update phone_numbers set status = 'inactive' where id = 11",
            "0 phone_number 15550100"));
  }

  static Stream<Arguments> organizationsOfNumbers() {
    return Stream.of(
        change(
            "organization of a block that gets another id while foreign keys are off",
            NUMBERS
                + "set local session_replication_role = replica;"
                + "update organizations set id = 3 where id = 1;"
                + "update organizations set id = 1 where id = 3",
            "0 phone_number_block",
            "1 business_hours",
            "1 business_hours 13",
            "1 organization",
            "3 business_hours",
            "3 organization"),
        change(
            "zone changed: schedules of numbers may inherit it, unseen ones too",
            NUMBERS + "update organizations set timezone = 'UTC' where id = 1",
            "1 business_hours",
            "1 everything",
            "1 organization"));
  }

  static Stream<Arguments> schedulesOfNumbers() {
    return Stream.of(
        change(
            "schedule of numbers changed",
            NUMBERS + "update business_hours_schedules set name = 'X' where id = 13",
            "1 business_hours 13"),
        change(
            "its day created",
            NUMBERS
                + "insert into business_hours_schedule_days (business_hours_schedule_id,"
                + " day_of_week) values (13, 'sunday')",
            "1 business_hours 13"),
        change(
            "its range changed",
            NUMBERS + "update business_hours_time_ranges set end_time = '18:00' where id = 13",
            "1 business_hours 13"),
        change(
            "its exception created",
            NUMBERS
                + "insert into business_hours_exceptions (business_hours_schedule_id, date, name,"
                + " type) values (13, '2027-01-01', 'New Year', 'closed')",
            "1 business_hours 13"),
        change(
            "scope changed: both keys",
            NUMBERS
                + "update business_hours_schedules set scope = 'organization', status = 'inactive'"
                + " where id = 13",
            "1 business_hours",
            "1 business_hours 13"),
        change(
            "schedule deleted: its numbers lose it",
            NUMBERS + "delete from business_hours_schedules where id = 13",
            "0 phone_number 15550100",
            "1 business_hours 13"));
  }

  @Test
  void leavesTheKeysOfRowsThatAreCopiedIn() throws SQLException, IOException {
    database
        .owner()
        .copy(
            "extensions (organization_id, extension_number, type)", "1\t105\tuser\n2\t106\tivr\n");
    assertThat(database.outbox()).containsExactly("1 extension 105", "2 extension 106");
  }

  @Test
  void leavesNothingOfWhatIsRolledBack() {
    database
        .owner()
        .transaction()
        .executeWithoutResult(
            status -> {
              database.owner().sql().sql("update extensions set status = 'inactive'").update();
              status.setRollbackOnly();
            });
    assertThat(database.outbox()).isEmpty();
  }

  @Test
  void returnsTheRowsOfATransaction() {
    database.owner().commit("update extensions set status = 'inactive' where id = 11");
    database
        .owner()
        .transaction()
        .executeWithoutResult(
            status -> {
              database.owner().sql().sql("delete from extensions where id = 11").update();
              assertThat(
                      database
                          .owner()
                          .number(
                              "select count(*) from routing_cache_eviction where xact_id = pg_current_xact_id()"))
                  .isOne();
            });
    assertThat(database.outbox()).containsExactly("1 extension 101", "1 extension 101");
  }

  @Test
  void takesANewResourceByOneCall() {
    database
        .owner()
        .commit(
            """
            create table mailboxes (organization_id bigint, mailbox_number text);
            select routing_cache_watch('mailboxes', 'select organization_id, ''mailbox'', mailbox_number from changed');
            insert into mailboxes values (1, '7'), (2, '8');
            update mailboxes set mailbox_number = '9' where organization_id = 2;
            drop table mailboxes;
            """);
    assertThat(database.outbox()).containsExactly("1 mailbox 7", "2 mailbox 8", "2 mailbox 9");
  }

  @Test
  void refusesAWrongKeysQueryInTheMigration() {
    assertThatThrownBy(
            () ->
                database
                    .owner()
                    .commit(
                        """
                        create table mailboxes (organization_id bigint);
                        select routing_cache_watch('mailboxes', 'select organization_id, ''mailbox'', number from changed');
                        """))
        .rootCause()
        .hasMessageContaining("column \"number\" does not exist");
  }

  private static Arguments change(String name, String statements, String... keys) {
    return arguments(name, statements, List.of(keys));
  }
}

package io.voicerouting.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicerouting.schema.MigratedDatabase.Session;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changes by SQL leave in the audit log. */
class AuditLogTest {

  private static final String DIGEST = "0123456789abcdef".repeat(4);

  private final MigratedDatabase database = MigratedDatabase.get();

  @BeforeEach
  void emptyTheLog() {
    database.reset();
    database.owner().commit("delete from api_tokens; truncate audit_log");
  }

  @Test
  void changeIsRecordedWithItsMembersAndItsWriter() {
    database
        .owner()
        .commit(
            "set local application_name = 'crm'; update extensions set status = 'inactive' where id = 11");

    assertThat(log())
        .containsExactly(
            "1 extension 11 update 1 {\"status\": {\"after\": \"inactive\", \"before\": \"active\"}}"
                + " sql crm postgres");
  }

  @Test
  void rowThatIsMovedIsInTheLogsOfBothOrganizations() {
    database
        .owner()
        .commit(
            """
            insert into phone_numbers (id, organization_id, number)
              values (77, 1, '+15550177'), (78, 2, '+15550178');
            truncate audit_log;
            update phone_numbers set organization_id = 3 - organization_id where id in (77, 78);
            """);

    String toTheSecond = "{\"organization_id\": {\"after\": 2, \"before\": 1}}";
    String toTheFirst = "{\"organization_id\": {\"after\": 1, \"before\": 2}}";
    String writer = " sql PostgreSQL JDBC Driver postgres";
    assertThat(log())
        .containsExactly(
            "1 phone_number 77 update 1 " + toTheSecond + writer,
            "2 phone_number 77 update 1 " + toTheSecond + writer,
            "1 phone_number 78 update 1 " + toTheFirst + writer,
            "2 phone_number 78 update 1 " + toTheFirst + writer);
  }

  @Test
  void insertAndDeleteRecordTheMembersThatAreSet() {
    database
        .owner()
        .commit(
            """
            insert into phone_numbers (id, organization_id, number) values (77, 2, '+15550177');
            delete from phone_numbers where id = 77;
            """);

    assertThat(log()).hasSize(2);
    assertThat(log().getFirst())
        .startsWith("2 phone_number 77 create 1 ")
        .contains("\"number\": {\"after\": \"+15550177\", \"before\": null}")
        .doesNotContain("created_at", "\"id\"", "\"name\"");
    assertThat(log().getLast())
        .startsWith("2 phone_number 77 delete 1 ")
        .contains("\"number\": {\"after\": null, \"before\": \"+15550177\"}");
  }

  @Test
  void nestedRowsBelongToTheirSchedule() {
    database
        .owner()
        .commit(
            """
            update business_hours_time_ranges set end_time = '18:00' where id = 11;
            insert into business_hours_exceptions (business_hours_schedule_id, date, name, type)
              values (21, '2027-01-01', 'New Year', 'closed');
            """);

    assertThat(log()).hasSize(2);
    assertThat(log().getFirst())
        .startsWith("1 business_hours 11 update 1 {\"end_time\": {\"after\": \"18:00:00\"");
    assertThat(log().getLast()).startsWith("2 business_hours 21 create 1 ");
  }

  @Test
  void overridesAndHolidayCalendarsAreRecorded() {
    database
        .owner()
        .commit(
            """
            insert into routing_overrides (id, organization_id, mode, note) values (77, 1, 'closed', 'Fire drill');
            update routing_overrides set cleared_at = now() where id = 77;
            insert into holiday_calendars (id, business_hours_schedule_id, name, source, country)
              values (78, 11, 'Holidays', 'region', 'DE');
            update holiday_calendars set country = 'AT' where id = 78;
            delete from holiday_calendars where id = 78;
            """);

    assertThat(log())
        .satisfiesExactly(
            set ->
                assertThat(set)
                    .startsWith("1 override 77 create 1 ")
                    .contains("\"note\": {\"after\": \"Fire drill\", \"before\": null}")
                    .endsWith(" sql PostgreSQL JDBC Driver postgres"),
            cleared ->
                assertThat(cleared)
                    .startsWith("1 override 77 update 1 ")
                    .contains("\"cleared_by\": {\"after\": \"postgres\", \"before\": null}")
                    .doesNotContain("\"note\"")
                    .endsWith(" sql PostgreSQL JDBC Driver postgres"),
            created ->
                assertThat(created)
                    .startsWith("1 holiday_calendar 78 create 1 ")
                    .contains("\"country\": {\"after\": \"DE\", \"before\": null}"),
            changed ->
                assertThat(changed)
                    .startsWith(
                        "1 holiday_calendar 78 update 1"
                            + " {\"country\": {\"after\": \"AT\", \"before\": \"DE\"}} sql "),
            deleted ->
                assertThat(deleted)
                    .startsWith("1 holiday_calendar 78 delete 1 ")
                    .contains("\"name\": {\"after\": null, \"before\": \"Holidays\"}"));
  }

  @Test
  void bulkStatementLeavesOneRowForEachOrganization() {
    database
        .owner()
        .commit(
            """
            insert into extensions (organization_id, extension_number, type)
              select 1 + n % 2, 2000 + n, 'user' from generate_series(1, 20000) n;
            update extensions set status = 'inactive' where organization_id = 1;
            """);

    assertThat(log())
        .containsExactlyInAnyOrder(
            "1 extension create 10000 sql PostgreSQL JDBC Driver postgres",
            "2 extension create 10000 sql PostgreSQL JDBC Driver postgres",
            "1 extension update 10002 sql PostgreSQL JDBC Driver postgres");
  }

  @Test
  void bulkStatementOverManyOrganizationsLeavesOneRow() {
    database
        .owner()
        .commit(
            """
            insert into organizations (id, name, timezone)
              select n, 'Bulk', 'Europe/Berlin' from generate_series(5001, 5200) n;
            delete from organizations where id between 5001 and 5200;
            """);

    assertThat(log())
        .containsExactly(
            "organization create 200 sql PostgreSQL JDBC Driver postgres",
            "organization delete 200 sql PostgreSQL JDBC Driver postgres");
  }

  @Test
  void deletingAnOrganizationRecordsItAndWhatItLosesItself() {
    database.owner().commit("delete from organizations where id = 1");

    assertThat(log())
        .anyMatch(row -> row.startsWith("1 organization 1 delete 1 "))
        .anyMatch(row -> row.startsWith("1 extension 11 delete 1 "));
  }

  @Test
  void truncateLeavesARow() {
    database.owner().commit("truncate extensions");

    assertThat(log()).containsExactly("extension delete sql PostgreSQL JDBC Driver postgres");
  }

  @Test
  void statementThatChangesNothingLeavesNoRow() {
    database
        .owner()
        .commit(
            """
            update extensions set status = status where id = 11;
            update extensions set status = 'inactive' where id = 999;
            """);

    assertThat(log()).isEmpty();
  }

  @Test
  void secretsAreNotRecordedButTheirChangeIs() {
    database
        .owner()
        .commit(
            """
            insert into api_tokens (id, name, role, digest) values (7, 'PBX', 'platform', '%s');
            update api_tokens set last_used_at = now() where id = 7;
            update api_tokens set signature_secret = 'encrypted-secret' where id = 7;
            update api_tokens set digest = reverse(digest) where id = 7;
            """
                .formatted(DIGEST));

    assertThat(log()).hasSize(3);
    assertThat(log().get(0)).contains("\"digest\": {\"after\": \"01234567\"");
    assertThat(log().get(1)).contains("signature_secret");
    assertThat(log().get(2))
        .contains("\"digest\": {\"after\": \"fedcba98\", \"before\": \"01234567\"}");
    assertThat(log().toString()).doesNotContain(DIGEST, "encrypted-secret");
    assertThat(database.owner().number("select version from api_tokens where id = 7"))
        .isEqualTo(2); // recording the last use is no change
  }

  @Test
  void nobodyElseCanSaySomebodyHasRecordedIt() {
    database
        .owner()
        .commit(
            """
            create role billing login;
            grant usage on schema telephony to billing;
            grant select, update on extensions to billing;
            """);
    try (Session billing = database.session("billing")) {
      billing.commit(
          "set local routing.audited = 'on'; update extensions set status = 'inactive' where id = 11");

      assertThat(log()).hasSize(1);
      assertThat(log().getFirst()).endsWith("billing");
      assertThatThrownBy(() -> billing.commit("delete from audit_log"))
          .rootCause()
          .hasMessageContaining("permission denied");
    } finally {
      database.owner().commit("drop owned by billing; drop role billing");
    }
  }

  @Test
  void whatRollsBackLeavesNoRow() {
    database
        .owner()
        .transaction()
        .executeWithoutResult(
            status -> {
              database.owner().sql().sql("delete from extensions where id = 11").update();
              status.setRollbackOnly();
            });

    assertThat(log()).isEmpty();
  }

  private List<String> log() {
    return database
        .owner()
        .sql()
        .sql(
            "select concat_ws(' ', organization_id, resource, resource_id, action, row_count, changes,"
                + " source, application_name, database_user) from audit_log order by id")
        .query((row, number) -> row.getString(1))
        .list();
  }
}

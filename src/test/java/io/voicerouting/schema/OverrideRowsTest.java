package io.voicerouting.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;

/** What {@code routing_overrides} accepts, refuses, evicts and hands to documents. */
class OverrideRowsTest {

  private final MigratedDatabase database = MigratedDatabase.get();

  @BeforeEach
  void reset() {
    database.reset();
    database
        .owner()
        .commit(
            """
            insert into phone_numbers (id, organization_id, number, match)
              values (11, 1, '+15550100', 'exact'), (12, 1, '+155501', 'prefix');
            insert into routing_overrides (id, organization_id, mode) values (1, 1, 'closed');
            insert into routing_overrides (id, organization_id, scope, business_hours_schedule_id, mode)
              values (2, 1, 'schedule', 11, 'open');
            insert into routing_overrides
                (id, organization_id, scope, phone_number_id, mode, action_type, action_target)
              values (3, 1, 'number', 11, 'action', 'extension', '101'),
                     (4, 1, 'number', 12, 'action', 'external', 'sip:a@b');
            truncate routing_cache_eviction;
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          update routing_overrides set cleared_at = now() where id = 1 | 0 phone_number_block, 1 organization
          delete from routing_overrides where id = 1 | 0 phone_number_block, 1 organization
          update routing_overrides set cleared_at = now() where id = 2 | 1 business_hours, 1 business_hours 11
          update routing_overrides set cleared_at = now() where id = 3 | 0 phone_number 15550100
          update routing_overrides set cleared_at = now() where id = 4 | 0 phone_number_block
          insert into routing_overrides (organization_id, mode) values (2, 'open') | 0 phone_number_block, 2 organization
          delete from phone_numbers where id = 11 | 0 phone_number 15550100
          """)
  void aChangeEvictsTheDocumentsThatCarryIt(String statement, String keys) {
    database.owner().commit(statement);
    assertThat(database.outbox()).isEqualTo(Arrays.asList(keys.split(", ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mode = 'open'",
        "starts_at = starts_at - interval '1 second'",
        "ends_at = now() + interval '1 hour'",
        "note = 'x'",
        "created_by = 'x'",
        "organization_id = 2",
        "scope = 'schedule'",
        "business_hours_schedule_id = 11, scope = 'schedule'",
        "cleared_by = 'x'",
        "cleared_at = now(), mode = 'open'"
      })
  void rowsAreNotChanged(String assignments) {
    assertThatThrownBy(
            () ->
                database
                    .owner()
                    .commit("update routing_overrides set " + assignments + " where id = 1"))
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @Test
  void rowsAreClearedOnce() {
    database.owner().commit("update routing_overrides set cleared_at = now() where id = 1");
    assertThat(text("select cleared_by from routing_overrides where id = 1"))
        .isEqualTo(text("select session_user"));
    assertThat(database.owner().number("select version from routing_overrides where id = 1"))
        .isEqualTo(1);
    for (String again : List.of("cleared_at = now() + interval '1 s'", "cleared_at = null")) {
      assertThatThrownBy(
              () ->
                  database
                      .owner()
                      .commit("update routing_overrides set " + again + " where id = 1"))
          .rootCause()
          .hasMessageContaining("Override 1 cannot be changed");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(organization_id, mode) values (1, 'action')",
        "(organization_id, mode, action_type, action_target) values (1, 'open', 'external', 'x')",
        "(organization_id, mode, action_type) values (1, 'action', 'external')",
        "(organization_id, mode) values (1, 'shut')",
        "(organization_id, mode, scope) values (1, 'open', 'tenant')",
        "(organization_id, mode, business_hours_schedule_id) values (1, 'open', 11)",
        "(organization_id, mode, phone_number_id) values (1, 'open', 11)",
        "(organization_id, mode, ends_at) values (1, 'open', now())",
        "(organization_id, mode, ends_at) values (1, 'open', 'infinity')",
        "(organization_id, mode, starts_at) values (1, 'open', '-infinity')",
        "(organization_id, mode, note) values (1, 'open', '')",
        "(organization_id, mode, created_via) values (1, 'open', 'fax')",
        "(organization_id, mode, cleared_at) values (1, 'open', now())"
      })
  void invalidRowsAreRefused(String row) {
    assertThatThrownBy(() -> database.owner().commit("insert into routing_overrides " + row))
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @Test
  void rowsOutliveTheirNumberAndSchedule() {
    assertThatCode(
            () ->
                database
                    .owner()
                    .commit(
                        "delete from phone_numbers where id = 11;"
                            + "delete from business_hours_schedules where id = 11"))
        .doesNotThrowAnyException();
    assertThat(
            database
                .owner()
                .number(
                    "select count(*) from routing_overrides where phone_number_id is null"
                        + " and business_hours_schedule_id is null and id in (1, 2, 3)"))
        .isEqualTo(3);
  }

  @Test
  void documentsCarryWhatIsNotClearedAndNotOver() {
    database
        .owner()
        .commit(
            """
            insert into routing_overrides (id, organization_id, mode, starts_at, ends_at) values
              (5, 1, 'open', now() - interval '1 day', now() + interval '1 s'),
              (6, 1, 'open', now() - interval '1 day', now()),
              (7, 1, 'open', now() + interval '1 day', null),
              (8, 1, 'open', now(), null),
              (9, 2, 'open', now(), null);
            update routing_overrides set cleared_at = now() where id = 8;
            """);
    assertThat(ids("1, 'organization', 0")).isEqualTo("[7, 5, 1]");
    assertThat(ids("1, 'schedule', 11")).isEqualTo("[2]");
    assertThat(ids("2, 'schedule', 11")).isNull();
    assertThat(ids("1, 'number', 12")).isEqualTo("[4]");
    assertThat(ids("1, 'number', 13")).isNull();
  }

  private @Nullable String ids(String arguments) {
    return text(
        "select json_agg((o ->> 'id')::bigint)::text"
            + " from json_array_elements(routing_current_overrides("
            + arguments
            + ")) o");
  }

  private @Nullable String text(String query) {
    return database.owner().sql().sql(query).query(String.class).optional().orElse(null);
  }
}

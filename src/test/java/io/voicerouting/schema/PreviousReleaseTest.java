package io.voicerouting.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.BackingServers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * While instances are replaced one by one, those of the previous release work with the newest
 * schema. Their statements were recorded from the log of PostgreSQL while the tests of the API ran;
 * ids were replaced by those of the rows below.
 */
class PreviousReleaseTest {

  /** The last migration of the version whose statements were recorded. */
  private static final String BASELINE = "19";

  private static final String SCHEMA = "previous_release";

  private final BackingServers servers = BackingServers.shared();
  private final String url =
      servers.jdbcUrl() + (servers.jdbcUrl().contains("?") ? "&" : "?") + "currentSchema=" + SCHEMA;
  private final SingleConnectionDataSource source =
      new SingleConnectionDataSource(
          url, servers.databaseUsername(), servers.databasePassword(), true);
  private final JdbcTemplate jdbc = new JdbcTemplate(source);
  private final TransactionTemplate transaction =
      new TransactionTemplate(new DataSourceTransactionManager(source));

  @AfterEach
  void dropSchema() {
    jdbc.execute("drop schema if exists " + SCHEMA + " cascade");
    source.destroy();
  }

  @Test
  void statementsOfThePreviousReleaseRunOnTheNewestSchema() throws IOException {
    List<String> statements =
        new ClassPathResource("previous-release.sql")
            .getContentAsString(UTF_8)
            .lines()
            .filter(line -> !line.startsWith("--"))
            .toList();

    migrate(BASELINE);
    insertRows();
    assertThat(failures(statements)).as("with migrations up to V" + BASELINE).isEmpty();
    migrate("latest");
    assertThat(failures(statements)).as("with all migrations").isEmpty();
  }

  private void migrate(String target) {
    Flyway.configure()
        .dataSource(url, servers.databaseUsername(), servers.databasePassword())
        .schemas(SCHEMA)
        .target(target)
        .load()
        .migrate();
  }

  /** The rows whose ids the statements name. */
  private void insertRows() {
    jdbc.execute(
        """
        insert into organizations (id, name, timezone) values (1, 'One', 'Europe/Berlin');
        alter table organizations alter id restart with 1000;
        insert into extensions (id, organization_id, extension_number, type) values (11, 1, '101', 'user');
        insert into business_hours_schedules (id, organization_id, name, status,
            open_hours_action_type, open_hours_action_target, closed_hours_action_type, closed_hours_action_target)
          values (11, 1, 'Main', 'inactive', 'extension', '101', 'voicemail', '101');
        insert into business_hours_schedule_days (id, business_hours_schedule_id, day_of_week)
          values (11, 11, 'sunday');
        insert into business_hours_time_ranges (id, business_hours_schedule_day_id, start_time, end_time)
          values (11, 11, '09:00', '17:00');
        insert into business_hours_exceptions (id, business_hours_schedule_id, date, name, type)
          values (11, 11, '2026-12-24', 'Eve', 'special_hours');
        insert into business_hours_exception_time_ranges
            (id, business_hours_exception_id, start_time, end_time)
          values (11, 11, '09:00', '12:00');
        insert into phone_numbers (id, organization_id, number) values (11, 1, '+15550100');
        insert into api_tokens (id, name, role, digest) values (11, 'One', 'admin', repeat('0123456789abcdef', 4));
        insert into routing_overrides (id, organization_id, mode) values (11, 1, 'closed');
        insert into holiday_calendars (id, business_hours_schedule_id, name, source, country)
          values (11, 11, 'Italy', 'region', 'IT');
        """);
  }

  /** Runs each statement in a transaction that is rolled back; returns those that fail. */
  private List<String> failures(List<String> statements) {
    List<String> failures = new ArrayList<>();
    for (String statement : statements) {
      transaction.executeWithoutResult(
          status -> {
            try {
              jdbc.execute(statement);
              jdbc.execute("set constraints all immediate");
            } catch (DataAccessException e) {
              failures.add(statement + ": " + e.getMostSpecificCause().getMessage());
            }
            status.setRollbackOnly();
          });
    }
    return failures;
  }
}

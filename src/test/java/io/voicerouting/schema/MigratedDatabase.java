package io.voicerouting.schema;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.PostgresInstance;
import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A real PostgreSQL with the migrations applied, to a schema that is not {@code public}: nothing in
 * them may depend on that name. Rows are committed for real.
 */
final class MigratedDatabase {

  static final String SCHEMA = "telephony";

  /** Tests make roles, and set what only a superuser may. */
  static final String SUPERUSER = "postgres";

  private static final MigratedDatabase INSTANCE = new MigratedDatabase();

  private final String url;
  private final Session owner;

  private MigratedDatabase() {
    PostgresInstance server = BackingServers.startPostgres();
    url = server.jdbcUrl();
    // As in production: the triggers' rights are those of a role that is no superuser.
    Flyway.configure()
        .dataSource(url, server.username(), server.password())
        .schemas(SCHEMA)
        .load()
        .migrate();
    owner = session(SUPERUSER);
    // Start above the ids that the tests use.
    owner.commit(
        """
        alter table organizations alter id restart with 1000;
        alter table extensions alter id restart with 1000;
        alter table business_hours_schedules alter id restart with 1000;
        alter table phone_numbers alter id restart with 1000;
        alter table business_hours_schedule_days alter id restart with 1000;
        alter table business_hours_time_ranges alter id restart with 1000;
        alter table business_hours_exceptions alter id restart with 1000;
        alter table business_hours_exception_time_ranges alter id restart with 1000;
        """);
  }

  static MigratedDatabase get() {
    return INSTANCE;
  }

  /** A superuser's session, shared by all tests. */
  Session owner() {
    return owner;
  }

  /** A new connection of its own. */
  Session session(String user) {
    return session(user, "extended");
  }

  /**
   * A new connection of its own, with the protocol {@code simple}, as psql, or {@code extended}.
   */
  Session session(String user, String protocol) {
    SingleConnectionDataSource source =
        new SingleConnectionDataSource(
            url + "?currentSchema=" + SCHEMA + "&user=" + user + "&preferQueryMode=" + protocol,
            true);
    return new Session(source, JdbcClient.create(source), new DataSourceTransactionManager(source));
  }

  /**
   * Puts the same few rows into every table and empties the outbox. Ids tell the owner: 1x belongs
   * to organization 1, 2x to organization 2. Organization 1 also has an inactive schedule, 12.
   */
  void reset() {
    owner.commit(
        """
        delete from extensions; -- those without an organization, too
        delete from phone_numbers;
        delete from api_tokens;
        delete from business_hours_schedules;
        delete from organizations;
        insert into organizations (id, name, timezone)
          values (1, 'One', 'Europe/Berlin'), (2, 'Two', 'Asia/Tokyo');
        insert into extensions (id, organization_id, extension_number, type)
          values (11, 1, '101', 'user'), (12, 1, '102', 'user'), (21, 2, '101', 'user');
        insert into business_hours_schedules (id, organization_id, name, status,
            open_hours_action_type, open_hours_action_target, closed_hours_action_type, closed_hours_action_target)
          values (11, 1, 'Main', 'active', 'extension', '101', 'voicemail', '101'),
                 (12, 1, 'Summer', 'inactive', 'extension', '101', 'voicemail', '101'),
                 (21, 2, 'Main', 'active', 'extension', '101', 'voicemail', '101');
        insert into business_hours_schedule_days (id, business_hours_schedule_id, day_of_week, enabled)
          values (11, 11, 'monday', true), (12, 12, 'monday', true), (21, 21, 'monday', true);
        insert into business_hours_time_ranges (id, business_hours_schedule_day_id, start_time, end_time)
          values (11, 11, '09:00', '17:00'), (12, 12, '09:00', '17:00'), (21, 21, '09:00', '17:00');
        insert into business_hours_exceptions (id, business_hours_schedule_id, date, name, type)
          values (11, 11, '2026-12-24', 'Eve', 'special_hours'), (12, 12, '2026-12-24', 'Eve', 'special_hours'),
                 (21, 21, '2026-12-24', 'Eve', 'special_hours');
        insert into business_hours_exception_time_ranges
            (id, business_hours_exception_id, start_time, end_time)
          values (11, 11, '09:00', '12:00'), (12, 12, '09:00', '12:00'), (21, 21, '09:00', '12:00');
        truncate routing_cache_eviction;
        """);
  }

  /** The outbox as {@code organization_id resource_type [identifier]}, in order. */
  List<String> outbox() {
    return owner
        .sql()
        .sql(
            "select concat_ws(' ', organization_id, coalesce(resource_type, 'everything'),"
                + " identifier) from routing_cache_eviction")
        .query((row, number) -> row.getString(1))
        .stream()
        .sorted()
        .toList();
  }

  /** A connection and transactions on it. */
  record Session(
      SingleConnectionDataSource source, JdbcClient sql, DataSourceTransactionManager transactions)
      implements AutoCloseable {

    /** Runs the statements in one transaction and commits. */
    void commit(String statements) {
      transaction().executeWithoutResult(status -> new JdbcTemplate(source).execute(statements));
    }

    /** Copies lines of tab-separated text into a table and commits. */
    void copy(String columns, String lines) throws SQLException, IOException {
      source
          .getConnection()
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy " + columns + " from stdin", new StringReader(lines));
    }

    TransactionTemplate transaction() {
      return new TransactionTemplate(transactions);
    }

    /** A transaction whose statements all see one snapshot. */
    TransactionTemplate snapshotTransaction() {
      TransactionTemplate template = transaction();
      template.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
      return template;
    }

    long number(String query) {
      return sql.sql(query).query(Long.class).single();
    }

    @Override
    public void close() {
      source.destroy();
    }
  }
}

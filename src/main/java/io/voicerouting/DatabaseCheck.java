package io.voicerouting;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** Checks at start that the database can hold the service's tables, before migrations run. */
final class DatabaseCheck implements Runnable {

  /** Hours are evaluated by this process's clock, so a wrong clock routes calls wrongly. */
  static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  private static final int OLDEST_VERSION = 15;

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseCheck.class);

  private static final String QUERY =
      """
      select current_setting('server_version_num')::int / 10000 as version,
             current_setting('server_encoding') as encoding,
             current_user as role, current_database() as database, current_schema() as schema,
             coalesce(has_schema_privilege(current_schema(), 'CREATE'), true) as may_create,
             to_regclass('flyway_schema_history') is not null as migrated,
             exists (select from pg_class
                     where relnamespace = to_regnamespace(quote_ident(current_schema()))
                       and relkind in ('r', 'p', 'v', 'm', 'f')) as occupied,
             clock_timestamp() as now
      """;

  private final DataSource database;
  private final Clock clock;

  DatabaseCheck(DataSource database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Checks version and encoding, rights and content of the schema, and compares clocks.
   *
   * @throws UnsuitableDatabaseException if the service's tables cannot be created or used there
   */
  @Override
  public void run() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      Instant before = clock.instant();
      try (ResultSet row = statement.executeQuery(QUERY)) {
        row.next();
        Instant after = clock.instant();
        checkVersion(row.getInt("version"));
        checkEncoding(row);
        checkSchema(row);
        compareClocks(before, row.getObject("now", OffsetDateTime.class).toInstant(), after);
      }
    } catch (SQLException e) {
      throw new CannotGetJdbcConnectionException("PostgreSQL could not be asked at start", e);
    }
  }

  private static void checkVersion(int version) {
    if (version < OLDEST_VERSION) {
      throw new UnsuitableDatabaseException(
          "PostgreSQL " + version + " is too old.",
          "Use PostgreSQL " + OLDEST_VERSION + " or later.");
    }
  }

  private static void checkEncoding(ResultSet row) throws SQLException {
    String encoding = row.getString("encoding");
    if (!encoding.equals("UTF8")) {
      throw new UnsuitableDatabaseException(
          "Database " + row.getString("database") + " has the encoding " + encoding + ".",
          "Create it with the encoding UTF8: create database ... encoding 'UTF8' template template0");
    }
  }

  private static void checkSchema(ResultSet row) throws SQLException {
    if (row.getBoolean("migrated")) {
      return;
    }
    String place =
        "schema " + row.getString("schema") + " of database " + row.getString("database");
    if (!row.getBoolean("may_create")) {
      throw new UnsuitableDatabaseException(
          "Role " + row.getString("role") + " may not create tables in " + place + ".",
          "Make the role the owner of the database, or grant it CREATE on the schema, or name a"
              + " role that may migrate in spring.flyway.user and spring.flyway.password.");
    }
    if (row.getBoolean("occupied")) {
      throw new UnsuitableDatabaseException(
          "There are tables of another application in " + place + ".",
          "Give the service a database of its own, or an empty schema by"
              + " spring.datasource.hikari.schema.");
    }
  }

  private static void compareClocks(Instant before, Instant there, Instant after) {
    Duration ahead = Duration.between(there, before);
    Duration behind = Duration.between(after, there);
    Duration difference = ahead.isPositive() ? ahead : behind;
    if (difference.compareTo(CLOCK_TOLERANCE) > 0) {
      LOG.warn(
          "Voice routing cache: The clock of this machine is {} {} PostgreSQL's; business hours"
              + " follow this machine's clock",
          difference,
          ahead.isPositive() ? "ahead of" : "behind");
    }
  }
}

package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.ThreadLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class DatabaseCheckTest {

  @ParameterizedTest
  @CsvSource({"PT2H, ahead of PostgreSQL", "PT-2H, behind PostgreSQL"})
  void clockThatDiffersFromTheDatabaseIsReported(Duration offset, String message) {
    DriverManagerDataSource database = database();
    try (ThreadLog log = ThreadLog.listen()) {
      new DatabaseCheck(database, Clock.offset(Clock.systemUTC(), offset)).run();

      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains("The clock of this machine is PT", message);
    }
  }

  @Test
  void clockThatAgreesIsNotReported() {
    DriverManagerDataSource database = database();
    try (ThreadLog log = ThreadLog.listen()) {
      new DatabaseCheck(database, Clock.systemUTC()).run();

      assertThat(log.messages()).isEmpty();
    }
  }

  /** The query finds a function of this schema before PostgreSQL's own. */
  @ParameterizedTest
  @CsvSource({
    "server_version_num, 140024, PostgreSQL 14 is too old.",
    "server_encoding, LATIN1, has the encoding LATIN1."
  })
  void unsuitableServerIsRefused(String setting, String value, String message) throws SQLException {
    DriverManagerDataSource database = database();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create schema claims_" + setting);
      statement.execute(
          """
          create function claims_%1$s.current_setting(text) returns text language sql as
          $$ select case $1 when '%1$s' then '%2$s' else pg_catalog.current_setting($1) end $$
          """
              .formatted(setting, value));
    }
    Properties properties = new Properties();
    properties.setProperty("options", "-c search_path=claims_" + setting + ",pg_catalog");
    database.setConnectionProperties(properties);

    assertThatThrownBy(() -> new DatabaseCheck(database, Clock.systemUTC()).run())
        .isInstanceOf(UnsuitableDatabaseException.class)
        .hasMessageEndingWith(message);
  }

  private static DriverManagerDataSource database() {
    BackingServers servers = BackingServers.shared();
    return new DriverManagerDataSource(
        servers.jdbcUrl(), servers.databaseUsername(), servers.databasePassword());
  }
}

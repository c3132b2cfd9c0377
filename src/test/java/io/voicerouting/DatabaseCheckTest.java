package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.ThreadLog;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class DatabaseCheckTest {

  @ParameterizedTest
  @CsvSource({"PT2H, ahead of PostgreSQL", "PT-2H, behind PostgreSQL"})
  void clockThatDiffersFromTheDatabaseIsReported(Duration offset, String message) {
    try (ThreadLog log = ThreadLog.listen()) {
      new DatabaseCheck(database(), Clock.offset(Clock.systemUTC(), offset)).run();

      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains("The clock of this machine is PT", message);
    }
  }

  @Test
  void clockThatAgreesIsNotReported() {
    try (ThreadLog log = ThreadLog.listen()) {
      new DatabaseCheck(database(), Clock.systemUTC()).run();

      assertThat(log.messages()).isEmpty();
    }
  }

  private static DataSource database() {
    BackingServers servers = BackingServers.shared();
    return new DriverManagerDataSource(
        servers.jdbcUrl(), servers.databaseUsername(), servers.databasePassword());
  }
}

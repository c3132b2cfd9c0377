package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.BackingServers;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@ExtendWith(OutputCaptureExtension.class)
class DatabaseCheckTest {

  @ParameterizedTest
  @CsvSource({"PT2H, ahead of PostgreSQL", "PT-2H, behind PostgreSQL"})
  void clockThatDiffersFromTheDatabaseIsReported(
      Duration offset, String message, CapturedOutput output) {
    new DatabaseCheck(database(), Clock.offset(Clock.systemUTC(), offset)).run();

    assertThat(output.getOut()).contains("The clock of this machine is PT", message);
  }

  @Test
  void clockThatAgreesIsNotReported(CapturedOutput output) {
    new DatabaseCheck(database(), Clock.systemUTC()).run();

    assertThat(output.getOut()).doesNotContain("The clock of this machine");
  }

  private static DataSource database() {
    BackingServers servers = BackingServers.shared();
    return new DriverManagerDataSource(
        servers.jdbcUrl(), servers.databaseUsername(), servers.databasePassword());
  }
}

package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class DatabaseFailureAnalyzerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          08001 | DB_HOST and DB_PORT
          28P01 | DB_USERNAME and DB_PASSWORD
          3D000 | DB_DATABASE
          53300 | connection limit
          57P03 | DB_HOST and DB_PORT
          42501 | spring.flyway.user
          """)
  void failureOfPostgresNamesWhatToCheck(String state, String advice) {
    SQLException refusal = new SQLException("refused", state);
    SQLException failure = new SQLException("no connection", refusal);

    FailureAnalysis analysis = new DatabaseFailureAnalyzer().analyze(failure);

    assertThat(analysis)
        .extracting(FailureAnalysis::getDescription)
        .isEqualTo("PostgreSQL cannot be used: refused");
    assertThat(analysis).extracting(FailureAnalysis::getAction).asString().contains(advice);
  }

  @Test
  void leavesFailuresOfStatementsToOthers() {
    SQLException failure = new SQLException("syntax error", "42601");

    assertThat(new DatabaseFailureAnalyzer().analyze(failure)).isNull();
  }
}

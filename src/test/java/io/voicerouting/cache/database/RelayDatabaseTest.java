package io.voicerouting.cache.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicerouting.cache.CoherenceDatabase;
import io.voicerouting.cache.EngineTest;
import io.voicerouting.cache.redis.Trust;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@EngineTest
class RelayDatabaseTest {

  private static final int LONG_MILLIS = 30_000;

  @Test
  void unansweredStatementFailsBeforeTrustRunsOut() throws SQLException {
    try (RelayDatabase database = new RelayDatabase(CoherenceDatabase.get().settings(), () -> {})) {
      try (Connection connection = database.dataSource().getConnection()) {
        connection.setNetworkTimeout(Runnable::run, LONG_MILLIS); // as a full pass does
      }
      try (Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        Instant start = Instant.now();

        assertThatThrownBy(() -> statement.execute("select pg_sleep(20)"))
            .isInstanceOf(SQLException.class);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Trust.SPAN);
      }
    }
  }
}

package io.voicerouting.cache.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.voicerouting.cache.CoherenceDatabase;
import io.voicerouting.cache.EngineTest;
import io.voicerouting.cache.redis.Trust;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@EngineTest
class RelayDatabaseTest {

  private static final int LONG_MILLIS = 120_000;

  @Test
  void unansweredStatementFailsBeforeTrustRunsOut() throws SQLException {
    try (RelayDatabase database = new RelayDatabase(CoherenceDatabase.get().settings(), () -> {})) {
      try (Connection connection = connect(database)) {
        connection.setNetworkTimeout(Runnable::run, LONG_MILLIS); // as a full pass does
      }
      try (Connection connection = connect(database);
          Statement statement = connection.createStatement()) {
        assertThat(connection.getNetworkTimeout())
            .isPositive()
            .isLessThan((int) Trust.SPAN.toMillis());
        assertThatThrownBy(() -> statement.execute("select pg_sleep(60)"))
            .isInstanceOf(SQLException.class);
      }
    }
  }

  /** It gives a connection within a quarter of a second, or none. */
  private static Connection connect(RelayDatabase database) {
    return await()
        .pollDelay(Duration.ZERO)
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(() -> database.dataSource().getConnection(), connection -> true);
  }
}

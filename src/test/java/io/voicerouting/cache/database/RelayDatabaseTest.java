package io.voicerouting.cache.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.cache.CoherenceDatabase;
import io.voicerouting.cache.redis.Trust;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RelayDatabaseTest {

  @Test
  void aDatabaseThatFallsSilentIsGivenUpWellBeforeTrustRunsOutOnEachUseOfAConnection()
      throws SQLException {
    try (RelayDatabase database = new RelayDatabase(CoherenceDatabase.get().settings(), () -> {})) {
      for (int use = 0; use < 3; use++) {
        try (Connection connection = database.dataSource().getConnection()) {
          assertThat(connection.getNetworkTimeout())
              .isBetween(1, (int) Trust.SPAN.dividedBy(2).toMillis());
          connection.setNetworkTimeout(
              Runnable::run, (int) Duration.ofSeconds(30).toMillis()); // as for very many rows
        }
      }
    }
  }
}

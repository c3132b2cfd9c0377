package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import io.voicerouting.cache.database.RelayDatabase;
import io.voicerouting.testing.BackingServers;
import io.voicerouting.testing.PostgresInstance;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The outbox of a standby may lag behind: a pass over it proves nothing about evictions. */
class PrimaryOnlyTest {

  private static final int REFUSALS = 2;

  private final AtomicInteger refusals = new AtomicInteger();

  @Test
  void relayRefusesAStandby() throws SQLException {
    try (PostgresInstance postgres = BackingServers.startPostgres();
        RelayDatabase relay = new RelayDatabase(settings(postgres), refusals::incrementAndGet)) {
      await().ignoreExceptions().untilAsserted(() -> connect(relay.dataSource()));

      postgres.restart(true);
      assertThat(isStandby(postgres)).isTrue();
      await() // it has yet to connect; each attempt ends after a quarter of a second
          .until(
              () -> {
                assertThatThrownBy(() -> connect(relay.dataSource()))
                    .isInstanceOf(SQLException.class);
                return refusals.get() >= REFUSALS;
              });

      postgres.restart(false);
      await().ignoreExceptions().untilAsserted(() -> connect(relay.dataSource()));
    }
  }

  private static void connect(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      assertThat(connection.isClosed()).isFalse();
    }
  }

  private static boolean isStandby(PostgresInstance postgres) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.username(), postgres.password());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select pg_is_in_recovery()")) {
      return result.next() && result.getBoolean(1);
    }
  }

  private static HikariConfig settings(PostgresInstance postgres) {
    HikariConfig settings = new HikariConfig();
    settings.setJdbcUrl(postgres.jdbcUrl());
    settings.setUsername(postgres.username());
    settings.setPassword(postgres.password());
    return settings;
  }
}

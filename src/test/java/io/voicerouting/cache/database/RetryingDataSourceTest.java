package io.voicerouting.cache.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicerouting.cache.CoherenceDatabase;
import io.voicerouting.cache.EngineTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Retries on a real PostgreSQL, with simulated failures of single connection attempts. */
@EngineTest
class RetryingDataSourceTest {

  private final Unreliable driver = new Unreliable();
  private boolean closed;
  private final AtomicInteger reportedFailures = new AtomicInteger();
  private final RetryingDataSource persistent =
      new RetryingDataSource(driver, () -> closed, reportedFailures::incrementAndGet);

  @AfterEach
  void clearInterrupt() {
    boolean interrupted = Thread.interrupted();
    assertThat(interrupted).isFalse();
  }

  @Test
  void unreachableDatabaseFailsAtOnceAtStart() {
    driver.fails("08001");

    assertThatThrownBy(persistent::getConnection).isInstanceOf(SQLException.class);
    assertThat(reportedFailures).hasValue(0);
  }

  @Test
  void lostDatabaseIsRetriedUntilItIsBack() throws SQLException {
    persistent.getConnection().close();
    driver.fails("08001", "08006", "57P03", "53300");

    try (Connection connection = persistent.getConnection()) {
      assertThat(connection.isValid(5)).isTrue();
    }
    assertThat(driver.attempts).isEqualTo(6);
    assertThat(reportedFailures).hasValue(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"28P01", "08P01"}) // refused by the server, or by a pooler in between
  void permanentFailureIsNotRetried(String state) throws SQLException {
    persistent.getConnection().close();
    driver.fails(state);

    assertThatThrownBy(persistent::getConnection).isInstanceOf(SQLException.class);
    assertThat(driver.attempts).isEqualTo(2);
  }

  @Test
  void closedPoolIsNotRetried() throws SQLException {
    persistent.getConnection().close();
    driver.fails("08001", "08001");
    closed = true;

    assertThatThrownBy(persistent::getConnection).isInstanceOf(SQLException.class);
    assertThat(driver.attempts).isEqualTo(2);
  }

  @Test
  void interruptEndsRetrying() throws SQLException {
    persistent.getConnection().close();
    driver.fails("08001", "08001");

    Thread.currentThread().interrupt();

    assertThatThrownBy(persistent::getConnection).isInstanceOf(SQLException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static final class Unreliable extends AbstractDataSource {
    private final Deque<String> failures = new ArrayDeque<>();
    private int attempts;

    void fails(String... sqlStates) {
      failures.addAll(List.of(sqlStates));
    }

    @Override
    public Connection getConnection() throws SQLException {
      attempts++;
      String state = failures.poll();
      if (state != null) {
        throw new SQLException("Simulated failure", state);
      }
      return CoherenceDatabase.get().dataSource().getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
      return getConnection();
    }
  }
}

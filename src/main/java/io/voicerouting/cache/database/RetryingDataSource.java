package io.voicerouting.cache.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Opens the connections of a pool. After the first success, it retries every 100 ms until a
 * database that is down is back. The pool itself would wait longer and longer between attempts, up
 * to five seconds, while the database is already back. Only the pool's own thread waits here: a
 * caller that borrows a connection has the pool's timeout. Thread-safe.
 */
public final class RetryingDataSource extends DelegatingDataSource {

  private static final Duration RETRY_INTERVAL = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(RetryingDataSource.class);

  private final BooleanSupplier closed;
  private final Runnable onRefused;
  private volatile boolean connected; // at least once, so the settings are right

  /**
   * @param driver opens connections
   * @param closed whether the pool is closed
   * @param onRefused called for each failed attempt after the first success
   */
  RetryingDataSource(DataSource driver, BooleanSupplier closed, Runnable onRefused) {
    super(driver);
    this.closed = closed;
    this.onRefused = onRefused;
  }

  /**
   * Installs this in a pool that has not been started, if it connects by a URL.
   *
   * @param onRefused called for each failed attempt after the first success
   */
  public static void installIn(HikariDataSource pool, Runnable onRefused) {
    if (pool.getJdbcUrl() == null) {
      return;
    }
    DriverManagerDataSource driver =
        new DriverManagerDataSource(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
    driver.setConnectionProperties(pool.getDataSourceProperties());
    pool.setDataSource(new RetryingDataSource(driver, pool::isClosed, onRefused));
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connect(super::getConnection);
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return connect(() -> super.getConnection(username, password));
  }

  /** The pool passes its connection timeout. Sets it for drivers, as the pool itself would. */
  @Override
  public void setLoginTimeout(int seconds) {
    DriverManager.setLoginTimeout(seconds);
  }

  private interface Attempt {
    Connection connect() throws SQLException;
  }

  private Connection connect(Attempt attempt) throws SQLException {
    while (true) {
      try {
        Connection connection = attempt.connect();
        connected = true;
        return connection;
      } catch (SQLException e) {
        if (!connected || closed.getAsBoolean() || !isDown(e)) {
          throw e;
        }
        onRefused.run();
        LOG.debug("Voice routing cache: PostgreSQL gives no connection, retrying", e);
        pause(e);
      }
    }
  }

  /**
   * Whether a retry may help, by SQLSTATE class: connection failure, shutdown, out of resources.
   */
  private static boolean isDown(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && state.matches("(08(?!P)|57P|53).*");
  }

  private static void pause(SQLException failure) throws SQLException {
    try {
      Thread.sleep(RETRY_INTERVAL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}

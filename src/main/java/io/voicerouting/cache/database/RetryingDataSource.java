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
 * Gives a pool its connections. Once there has been one, a database that is away is asked again and
 * again until it answers. The pool itself would pause longer and longer in between, up to five
 * seconds, and all that time a database that is back would seem to be away. Nobody but the pool's
 * own thread waits here: who borrows a connection has the pool's time for that. Thread-safe.
 */
public final class RetryingDataSource extends DelegatingDataSource {

  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(RetryingDataSource.class);

  private final BooleanSupplier closed;
  private final Runnable onAway;
  private volatile boolean known; // whether the settings have proved right

  /**
   * Takes what connects.
   *
   * @param closed whether nobody needs connections any more
   * @param onAway called each time that the database, which has answered before, gives none
   */
  RetryingDataSource(DataSource driver, BooleanSupplier closed, Runnable onAway) {
    super(driver);
    this.closed = closed;
    this.onAway = onAway;
  }

  /**
   * Has a pool that has not been started connect in this way, if it connects by a URL.
   *
   * @param onAway called each time that the database, which has answered before, gives no
   *     connection
   */
  public static void installIn(HikariDataSource pool, Runnable onAway) {
    if (pool.getJdbcUrl() == null) {
      return;
    }
    DriverManagerDataSource driver =
        new DriverManagerDataSource(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
    driver.setConnectionProperties(pool.getDataSourceProperties());
    pool.setDataSource(new RetryingDataSource(driver, pool::isClosed, onAway));
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connect(super::getConnection);
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return connect(() -> super.getConnection(username, password));
  }

  /** Called by the pool with its connection timeout, as for a driver without a data source. */
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
        known = true;
        return connection;
      } catch (SQLException e) {
        if (!known || closed.getAsBoolean() || !isAway(e)) {
          throw e;
        }
        onAway.run();
        LOG.debug("Voice routing cache: PostgreSQL gives no connection, asking again", e);
        pause(e);
      }
    }
  }

  /** By class of SQLSTATE: connection (not what a server makes of it), not now, too many. */
  private static boolean isAway(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && state.matches("(08(?!P)|57P|53).*");
  }

  private static void pause(SQLException failure) throws SQLException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}

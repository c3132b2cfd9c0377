package io.voicerouting.cache;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Gives a pool its connections. Once there has been one, a database that is away is asked again and
 * again until it answers. The pool itself would pause longer and longer in between, up to five
 * seconds, and all that time a database that is back would seem to be away. Nobody but the pool's
 * own thread waits here: who borrows a connection has the pool's time for that. Thread-safe.
 */
final class PersistentDataSource extends DelegatingDataSource {

  private static final Duration PAUSE = Duration.ofMillis(100);

  private volatile boolean known; // whether the settings have proved right

  PersistentDataSource(DataSource driver) {
    super(driver);
  }

  /** Has a pool that has not been started connect in this way. */
  static void installIn(HikariConfig pool) {
    pool.setDataSource(
        new PersistentDataSource(
            new DriverDataSource(
                pool.getJdbcUrl(),
                pool.getDriverClassName(),
                pool.getDataSourceProperties(),
                pool.getUsername(),
                pool.getPassword())));
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connect(super::getConnection);
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return connect(() -> super.getConnection(username, password));
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
        if (!known || !isAway(e)) {
          throw e;
        }
        pause(e);
      }
    }
  }

  /** By class of SQLSTATE: connection, not now, too many. */
  private static boolean isAway(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && state.matches("(08|57P|53).*");
  }

  private static void pause(SQLException failure) throws SQLException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the pool is being closed
      throw failure;
    }
  }
}

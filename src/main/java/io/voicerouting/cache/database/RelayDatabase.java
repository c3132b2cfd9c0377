package io.voicerouting.cache.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The relay's own database connection, so that neither loads nor writers can keep it waiting. Not a
 * {@link DataSource} bean: the application has one of those.
 */
public final class RelayDatabase implements AutoCloseable {

  /** What hears nothing for so long has failed, well before trust runs out. */
  static final Duration SILENCE = Duration.ofMillis(300);

  private static final int LOCK_MILLIS = 250;

  private final HikariDataSource pool;
  private final DataSource dataSource;

  /**
   * Connects when it is first asked.
   *
   * @param onAway called each time that the database, which has answered before, gives no
   *     connection
   */
  public RelayDatabase(JdbcConnectionDetails details, Runnable onAway) {
    pool = new HikariDataSource(); // starts when it is first asked
    pool.setPoolName("routing-cache-relay");
    pool.setJdbcUrl(details.getJdbcUrl());
    pool.setUsername(details.getUsername());
    pool.setPassword(details.getPassword());
    pool.setMaximumPoolSize(1);
    pool.setInitializationFailTimeout(-1); // the application's own pool says what is wrong
    pool.setConnectionTimeout(250);
    pool.setValidationTimeout(250);
    // In seconds, and the driver knows no less; connections are given out with a tighter limit.
    pool.addDataSourceProperty("connectTimeout", "1");
    pool.addDataSourceProperty("loginTimeout", "1");
    pool.addDataSourceProperty("socketTimeout", "2");
    pool.addDataSourceProperty("ApplicationName", "voice-routing-cache relay");
    pool.addDataSourceProperty("targetServerType", "primary"); // a standby's outbox may lag behind
    // Whose client has gone, PostgreSQL goes on waiting for a lock; given up again and again, such
    // statements would take all its connections. Those that only take long must end.
    pool.setConnectionInitSql("set lock_timeout = " + LOCK_MILLIS);
    RetryingDataSource.installIn(pool, onAway);
    dataSource = new Impatient(pool);
  }

  /** Its connections fail when the database leaves them without an answer for 0.3 seconds. */
  public DataSource dataSource() {
    return dataSource;
  }

  @Override
  public void close() {
    pool.close();
  }

  private static final class Impatient extends DelegatingDataSource {
    Impatient(DataSource pool) {
      super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      try {
        connection.setNetworkTimeout(
            Runnable::run, (int) SILENCE.toMillis()); // until it is given back
        return connection;
      } catch (SQLException e) {
        connection.close(); // or it would be missing for good
        throw e;
      }
    }
  }
}

package io.voicerouting.cache.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
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
   * Connects, when first asked, as the application's pool does: the same URL, credentials, driver
   * properties and schema.
   *
   * @param application settings of the application's pool; not changed
   * @param onAway called each time that the database, which has answered before, gives no
   *     connection
   */
  public RelayDatabase(HikariConfig application, Runnable onAway) {
    pool = new HikariDataSource(); // starts when it is first asked
    application.copyStateTo(pool);
    pool.setDataSource(null);
    pool.setPoolName("routing-cache-relay");
    pool.setMaximumPoolSize(1);
    pool.setMinimumIdle(1);
    pool.setInitializationFailTimeout(-1); // the application's own pool says what is wrong
    pool.setConnectionTimeout(250);
    pool.setValidationTimeout(250);
    pool.setDataSourceProperties(driverProperties(application));
    // Whose client has gone, PostgreSQL goes on waiting for a lock; given up again and again, such
    // statements would take all its connections. Those that only take long must end.
    pool.setConnectionInitSql(
        Stream.of(application.getConnectionInitSql(), "set lock_timeout = " + LOCK_MILLIS)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("; ")));
    RetryingDataSource.installIn(pool, onAway);
    dataSource = new Impatient(pool);
  }

  /** In seconds, and the driver knows no less; connections are given out with a tighter limit. */
  private static Properties driverProperties(HikariConfig application) {
    Properties properties = new Properties();
    properties.putAll(application.getDataSourceProperties());
    properties.setProperty("connectTimeout", "1");
    properties.setProperty("loginTimeout", "1");
    properties.setProperty("socketTimeout", "2");
    properties.setProperty("ApplicationName", "voice-routing-cache relay");
    properties.setProperty("targetServerType", "primary"); // a standby's outbox may lag behind
    return properties;
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

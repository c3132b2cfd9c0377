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

  /** Longest wait for an answer, well below {@code Trust.SPAN}. */
  static final Duration ANSWER_TIMEOUT = Duration.ofMillis(300);

  private static final int LOCK_MILLIS = 250;

  private final HikariDataSource pool;
  private final DataSource dataSource;

  /**
   * Creates a pool that connects at its first use, as the application's pool does: with the same
   * URL, credentials, driver properties and schema.
   *
   * @param application settings of the application's pool; not changed
   * @param onRefused called each time a connection is refused by the database, if it has answered
   *     before
   */
  public RelayDatabase(HikariConfig application, Runnable onRefused) {
    pool = new HikariDataSource(); // starts at its first use
    application.copyStateTo(pool);
    pool.setDataSource(null);
    pool.setPoolName("routing-cache-relay");
    pool.setMaximumPoolSize(1);
    pool.setMinimumIdle(1);
    pool.setInitializationFailTimeout(-1); // the application's pool reports what is wrong
    pool.setConnectionTimeout(250);
    pool.setValidationTimeout(250);
    pool.setDataSourceProperties(driverProperties(application));
    // PostgreSQL keeps waiting for a lock after its client is gone. Many such statements would take
    // all its connections.
    pool.setConnectionInitSql(
        Stream.of(application.getConnectionInitSql(), "set lock_timeout = " + LOCK_MILLIS)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("; ")));
    RetryingDataSource.installIn(pool, onRefused);
    dataSource = new LimitedDataSource(pool);
  }

  /** In seconds, the smallest unit of the driver; borrowed connections have a lower limit. */
  private static Properties driverProperties(HikariConfig application) {
    Properties properties = new Properties();
    properties.putAll(application.getDataSourceProperties());
    properties.setProperty("connectTimeout", "1");
    properties.setProperty("loginTimeout", "1");
    properties.setProperty("socketTimeout", "2");
    properties.setProperty("ApplicationName", "voice-routing-cache relay");
    properties.setProperty("targetServerType", "primary"); // a standby may lag behind
    return properties;
  }

  /** Returns the data source. Its connections fail if the database gives no answer for 0.3 s. */
  public DataSource dataSource() {
    return dataSource;
  }

  @Override
  public void close() {
    pool.close();
  }

  private static final class LimitedDataSource extends DelegatingDataSource {
    LimitedDataSource(DataSource pool) {
      super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      try {
        connection.setNetworkTimeout(
            Runnable::run, (int) ANSWER_TIMEOUT.toMillis()); // until it is given back
        return connection;
      } catch (SQLException e) {
        connection.close(); // else it would leak
        throw e;
      }
    }
  }
}

package io.voicerouting.cache;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * The relay's own database connection, so that neither loads nor writers can keep it waiting. Not a
 * {@link DataSource} bean: the application has one of those.
 */
final class RelayDatabase implements AutoCloseable {

  private final HikariDataSource dataSource;

  RelayDatabase(JdbcConnectionDetails details) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("routing-cache-relay");
    config.setJdbcUrl(details.getJdbcUrl());
    config.setUsername(details.getUsername());
    config.setPassword(details.getPassword());
    config.setMaximumPoolSize(1);
    config.setInitializationFailTimeout(-1); // the application's own pool says what is wrong
    config.setConnectionTimeout(250);
    config.setValidationTimeout(250);
    // In seconds, and the driver knows no less; passes set a tighter limit of their own.
    config.addDataSourceProperty("connectTimeout", "1");
    config.addDataSourceProperty("loginTimeout", "1");
    config.addDataSourceProperty("socketTimeout", "2");
    config.addDataSourceProperty("ApplicationName", "voice-routing-cache relay");
    dataSource = new HikariDataSource(config);
  }

  DataSource dataSource() {
    return dataSource;
  }

  @Override
  public void close() {
    dataSource.close();
  }
}

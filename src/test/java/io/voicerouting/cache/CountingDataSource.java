package io.voicerouting.cache;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts how often a connection was requested. */
final class CountingDataSource extends DelegatingDataSource {

  private final AtomicInteger connections = new AtomicInteger();

  CountingDataSource(DataSource dataSource) {
    super(dataSource);
  }

  int connections() {
    return connections.get();
  }

  @Override
  public Connection getConnection() throws SQLException {
    connections.incrementAndGet();
    return super.getConnection();
  }
}

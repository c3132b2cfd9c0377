package io.voicerouting.cache.eviction;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Statements that may take longer than the connections of a pool permit. */
final class LongStatements {

  private LongStatements() {}

  /**
   * Begins a transaction for such statements. The pool resets the connection when it is given back.
   *
   * @param timeout longest time of one statement
   * @return runs statements in that transaction
   */
  static JdbcTemplate on(Connection connection, Duration timeout) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, (int) timeout.toMillis());
    connection.setAutoCommit(false);
    JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    jdbc.execute("set local statement_timeout = " + timeout.toMillis());
    return jdbc;
  }
}

package io.voicerouting.cache;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table {@code routing_cache_eviction}: evictions that transactions asked for, written by
 * triggers in those same transactions.
 */
final class Outbox {

  /** As many rows are deleted at once: few enough, as below. */
  static final int PURGE_BATCH = 1_000;

  /** As many are marked at once: few enough to end within the time the database has to answer. */
  static final int MARK_BATCH = 1_000;

  /** Few enough to be counted every second while Redis is away. */
  private static final int MOST_COUNTED = 10_000;

  private static final String COLUMNS = "id, organization_id, resource_type, identifier";

  private final JdbcTemplate jdbc;

  Outbox(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  /** What the current transaction has asked for so far. */
  List<OutboxRow> ofCurrentTransaction() {
    return jdbc.query(
        "select "
            + COLUMNS
            + " from routing_cache_eviction where xact_id = pg_current_xact_id_if_assigned()",
        (rows, index) -> row(rows));
  }

  /** How many of these rows nobody has marked done yet. */
  long countOpen(List<OutboxRow> rows) {
    Long count =
        jdbc.query(
            connection -> {
              PreparedStatement statement =
                  connection.prepareStatement(
                      "select count(*) from routing_cache_eviction"
                          + " where id = any (?) and done_at is null");
              statement.setArray(1, ids(connection, rows));
              return statement;
            },
            result -> result.next() ? result.getLong(1) : null);
    return count == null ? 0 : count;
  }

  /** Marks rows done whose evictions Redis has confirmed; leaves alone what another is marking. */
  void markDone(List<OutboxRow> rows) {
    for (int from = 0; from < rows.size(); from += MARK_BATCH) {
      markBatch(rows.subList(from, Math.min(from + MARK_BATCH, rows.size())));
    }
  }

  private void markBatch(List<OutboxRow> rows) {
    jdbc.update(
        "with mine as (select id from routing_cache_eviction where id = any (?)"
            + " and done_at is null for update skip locked)"
            + " update routing_cache_eviction e set done_at = clock_timestamp()"
            + " from mine where e.id = mine.id",
        statement -> statement.setArray(1, ids(statement.getConnection(), rows)));
  }

  /**
   * Deletes rows that were done longer ago than any copy can live, a bounded number of them. The
   * time is the statement's, or no index could be used.
   *
   * @return how many, at most {@link #PURGE_BATCH}
   */
  int purge(Duration age) {
    return jdbc.update(
        "delete from routing_cache_eviction where id in (select id from routing_cache_eviction"
            + " where done_at < statement_timestamp() - ? * interval '1 millisecond'"
            + " limit ? for update skip locked)",
        age.toMillis(),
        PURGE_BATCH);
  }

  /**
   * How much is not done yet.
   *
   * @param rows how many
   * @param oldestMillis age of the oldest in milliseconds, 0 when there is none
   */
  record Backlog(long rows, long oldestMillis) {}

  /** The backlog, counted no further than to {@link #MOST_COUNTED} rows. */
  static Backlog backlog(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select count(*), extract(epoch from clock_timestamp() - min(created_at)) * 1000"
                    + " from (select created_at from routing_cache_eviction"
                    + " where done_at is null order by id limit "
                    + MOST_COUNTED
                    + ") open");
        ResultSet result = statement.executeQuery()) {
      result.next();
      return new Backlog(result.getLong(1), Math.max(0, result.getLong(2)));
    }
  }

  /** Every open row, read without locks on a connection of the caller's. */
  record Open(List<OutboxRow> rows, Backlog backlog) {}

  static Open open(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select "
                    + COLUMNS
                    + ", extract(epoch from clock_timestamp() - created_at) * 1000 as age_ms"
                    + " from routing_cache_eviction where done_at is null");
        ResultSet result = statement.executeQuery()) {
      List<OutboxRow> rows = new ArrayList<>();
      long oldest = 0;
      while (result.next()) {
        rows.add(row(result));
        oldest = Math.max(oldest, result.getLong("age_ms"));
      }
      return new Open(rows, new Backlog(rows.size(), oldest));
    }
  }

  /** Open and done rows alike, each eviction once; the rows' ids are 0. */
  static List<OutboxRow> all(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select distinct 0 as id, organization_id, resource_type, identifier"
                    + " from routing_cache_eviction");
        ResultSet result = statement.executeQuery()) {
      List<OutboxRow> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(row(result));
      }
      return rows;
    }
  }

  private static OutboxRow row(ResultSet result) throws SQLException {
    return new OutboxRow(
        result.getLong("id"),
        result.getLong("organization_id"),
        result.getString("resource_type"),
        result.getString("identifier"));
  }

  private static java.sql.Array ids(Connection connection, List<OutboxRow> rows)
      throws SQLException {
    return connection.createArrayOf("bigint", rows.stream().map(OutboxRow::id).toArray());
  }
}

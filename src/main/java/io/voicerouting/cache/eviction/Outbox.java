package io.voicerouting.cache.eviction;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table {@code routing_cache_eviction}: evictions that transactions asked for, written by
 * triggers in those same transactions. What passes read of it: {@link OutboxReader}.
 */
public final class Outbox {

  /** As many rows are deleted at once: few enough, as below. */
  public static final int PURGE_BATCH = 1_000;

  /** As many are marked at once: few enough to end within the time the database has to answer. */
  public static final int MARK_BATCH = 1_000;

  private final JdbcTemplate jdbc;

  public Outbox(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  /** What the current transaction has asked for so far. */
  public List<OutboxRow> findOfCurrentTransaction() {
    return jdbc.query(
        "select "
            + OutboxRow.COLUMNS
            + " from routing_cache_eviction where xact_id = pg_current_xact_id_if_assigned()",
        (rows, index) -> OutboxRow.read(rows));
  }

  /**
   * Asks for the eviction of everything of an organization, in a transaction of its own.
   *
   * @param organizationId {@link OutboxRow#ALL_ORGANIZATIONS} for all
   */
  OutboxRow add(long organizationId) {
    return jdbc.query(
            "insert into routing_cache_eviction (organization_id) values (?) returning "
                + OutboxRow.COLUMNS,
            (rows, index) -> OutboxRow.read(rows),
            organizationId)
        .getFirst();
  }

  /**
   * Marks rows done on a reign once Redis has confirmed their evictions there. Rows that another
   * transaction is marking are left alone.
   */
  public void markDone(List<OutboxRow> rows, String reign) {
    for (int from = 0; from < rows.size(); from += MARK_BATCH) {
      markBatch(rows.subList(from, Math.min(from + MARK_BATCH, rows.size())), reign);
    }
  }

  private void markBatch(List<OutboxRow> rows, String reign) {
    jdbc.update(
        "with mine as (select id from routing_cache_eviction where id = any (?)"
            + " and (done_at is null or done_on is null or not done_on @> array[?]::text[])"
            + " for update skip locked)"
            + " update routing_cache_eviction e set"
            + " done_at = coalesce(done_at, clock_timestamp()),"
            + " done_on = array_append(done_on, ?::text)"
            + " from mine where e.id = mine.id",
        statement -> {
          statement.setArray(1, ids(statement.getConnection(), rows));
          statement.setString(2, reign);
          statement.setString(3, reign);
        });
  }

  /**
   * Deletes rows that were done longer ago than any copy can live, a bounded number of them. The
   * time is the statement's, or no index could be used.
   *
   * @return how many, at most {@link #PURGE_BATCH}
   */
  public int purge(Duration age) {
    return jdbc.update(
        "delete from routing_cache_eviction where id in (select id from routing_cache_eviction"
            + " where done_at < statement_timestamp() - ? * interval '1 millisecond'"
            + " limit ? for update skip locked)",
        age.toMillis(),
        PURGE_BATCH);
  }

  static java.sql.Array ids(Connection connection, List<OutboxRow> rows) throws SQLException {
    return connection.createArrayOf("bigint", rows.stream().map(OutboxRow::id).toArray());
  }
}

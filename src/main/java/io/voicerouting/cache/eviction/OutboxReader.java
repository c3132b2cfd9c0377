package io.voicerouting.cache.eviction;

import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.document.DatabaseSnapshot;
import io.voicerouting.cache.support.CacheLog;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the outbox for the relay, from the primary database and without locks. The result of each
 * query is reported to {@link DatabaseAvailability}. Used by one thread.
 */
public final class OutboxReader {

  /** Few enough to be counted every second while Redis is unavailable. */
  private static final int MAX_COUNTED = 10_000;

  /** Time between two counts of the backlog while Redis is unavailable and no pass reports it. */
  private static final Duration COUNT_INTERVAL = Duration.ofSeconds(1);

  /** Timeout for reading very many rows. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  /**
   * Sees nothing: what the session's last pass saw is unknown. Transaction ids may be given out
   * again after PostgreSQL has crashed, so a snapshot counts on its own database connection alone.
   */
  private static final String SEES_NOTHING = "1:1:";

  /** On which no row is done. */
  private static final String NO_REIGN = "";

  /** Identifies the database connection; process ids alone are used again. */
  private static final String CONNECTION =
      "pg_backend_pid() || ' ' || (select backend_start from pg_stat_activity"
          + " where pid = pg_backend_pid())";

  /**
   * The transaction id, or 0 in a row from another database cluster, as a restored dump has it: no
   * transaction of this cluster that is visible has an id past the snapshot's xmax.
   */
  private static final String XACT_ID =
      "case when xact_id < pg_snapshot_xmax(pg_current_snapshot())"
          + " then xact_id::text::bigint else 0 end";

  /**
   * Open rows; rows that one of the last snapshots did not show and that are not done on every
   * reign in use or name a whole organization; and the snapshot also when there are none. Each
   * branch has an index: open rows, and transaction ids.
   */
  private static final String OPEN_ROWS =
      """
      select pg_current_snapshot()::text as snapshot, CONNECTION as connection,
        array(
          select r.reign || ' ' || lower(r.slots) || ' ' || upper(r.slots)
          from routing_cache_reign r where r.reign = any(?) and r.challenge is null
        ) as registered,
        coalesce(row.id, 0) as id, row.organization_id,
        row.resource_type, row.identifier, row.number as xact_id, row.cause,
        row.done_at is null as open, row.done_on,
        row.done_on is null and row.done_at > ? as of_older_version,
        extract(epoch from clock_timestamp() - row.created_at) * 1000 as age_ms
      from (select) once
      left join (
        select *, XACT_ID as number from routing_cache_eviction
        where done_at is null
          or (resource_type is null and xact_id < pg_snapshot_xmax(pg_current_snapshot())
              or done_on is null or not done_on @> ?::text[])
            and xact_id >= pg_snapshot_xmin(?::pg_snapshot)
            and exists (
              select from unnest(?::text[]) seen
              where not pg_visible_in_snapshot(xact_id, seen::pg_snapshot))
      ) row on true
      """
          .replace("CONNECTION", CONNECTION)
          .replace("XACT_ID", XACT_ID);

  private final DataSource database;
  private final DatabaseAvailability availability;
  private final NanoClock clock;
  private Deadline nextCount;
  private @Nullable OffsetDateTime firstRead; // by the database's clock; null: none yet
  private boolean olderVersionReported;

  /**
   * Creates a reader.
   *
   * @param database its connections fail if the server is silent for too long
   */
  public OutboxReader(DataSource database, DatabaseAvailability availability, NanoClock clock) {
    this.database = database;
    this.availability = availability;
    this.clock = clock;
    this.nextCount = Deadline.after(Duration.ZERO, clock);
  }

  /**
   * The rows that are not done yet.
   *
   * @param rows how many
   * @param oldestMillis age of the oldest in milliseconds; 0 if there is none
   */
  record Backlog(long rows, long oldestMillis) {}

  /**
   * A row, and what became of it so far.
   *
   * @param doneOn reigns on which it was evicted
   */
  record PendingRow(OutboxRow row, List<String> doneOn) {}

  /**
   * What a pass reads.
   *
   * @param rows open rows, and rows that became visible since the last completed passes, though
   *     some may be done on every reign in use
   * @param backlog of the open rows alone
   * @param snapshot the query's {@code pg_current_snapshot()}, and the connection
   * @param registered entries of the reigns in use that the snapshot shows unchallenged
   */
  record OpenRows(
      List<PendingRow> rows, Backlog backlog, Snapshot snapshot, List<ReignSlots> registered) {}

  /**
   * What a query saw.
   *
   * @param text {@code pg_current_snapshot()}
   * @param connection identifies the database connection, on which alone the snapshot counts
   */
  record Snapshot(String text, String connection) {

    /** What a session without a completed pass has seen: nothing. */
    static final Snapshot NONE = new Snapshot(SEES_NOTHING, "");

    private boolean isComparableTo(Snapshot other) {
      return connection.equals(other.connection);
    }
  }

  /**
   * The kept rows that are not done on a reign, and the organization-wide ones.
   *
   * @param snapshot {@code pg_current_snapshot()} from before they were read
   */
  record AllRows(List<OutboxRow> rows, Snapshot snapshot) {}

  private interface Query<T> {
    T run(Connection connection) throws SQLException;
  }

  private <T> T query(Query<T> query) throws SQLException {
    availability.beginQuery();
    try (Connection connection = database.getConnection()) {
      T answer = query.run(connection);
      availability.recordAnswer();
      return answer;
    }
  }

  /**
   * Reads what a pass has to evict, in one query; in a second one, if a last snapshot is from
   * another database connection.
   *
   * @param reigns of the connections in use
   * @param last snapshots of their last completed passes; at least one
   */
  OpenRows readOpen(Collection<String> reigns, Collection<Snapshot> last) throws SQLException {
    return query(
        connection -> {
          OpenRows open = readOpen(connection, reigns, last.stream().map(Snapshot::text).toList());
          if (last.stream().allMatch(open.snapshot()::isComparableTo)) {
            return open;
          }
          if (reigns.size() > 1) { // most kept rows are done on one of the reigns alone
            expectManyRows(connection);
          }
          return readOpen(connection, reigns, List.of(SEES_NOTHING));
        });
  }

  private OpenRows readOpen(Connection connection, Collection<String> reigns, List<String> last)
      throws SQLException {
    String oldest =
        last.stream()
            .min(Comparator.comparingLong(text -> DatabaseSnapshot.parse(text).xmin()))
            .orElseThrow();
    Array reignArray = connection.createArrayOf("text", reigns.toArray());
    try (PreparedStatement statement = connection.prepareStatement(OPEN_ROWS)) {
      statement.setArray(1, reignArray);
      statement.setObject(2, firstRead);
      statement.setArray(3, reignArray);
      statement.setString(4, oldest);
      statement.setArray(5, connection.createArrayOf("text", last.toArray()));
      try (ResultSet result = statement.executeQuery()) {
        return openRows(result);
      }
    }
  }

  private OpenRows openRows(ResultSet result) throws SQLException {
    List<PendingRow> rows = new ArrayList<>();
    List<ReignSlots> registered = List.of();
    long open = 0;
    long oldest = 0;
    Snapshot snapshot = new Snapshot(SEES_NOTHING, "");
    while (result.next()) {
      if (snapshot.connection().isEmpty()) { // the same in each row
        snapshot = new Snapshot(result.getString("snapshot"), result.getString("connection"));
        registered = strings(result, "registered").stream().map(ReignSlots::parse).toList();
      }
      if (result.getLong("id") == 0) {
        continue; // the row of the snapshot alone
      }
      rows.add(new PendingRow(OutboxRow.read(result), strings(result, "done_on")));
      reportOlderVersion(result.getBoolean("of_older_version"));
      if (result.getBoolean("open")) {
        open++;
        oldest = Math.max(oldest, result.getLong("age_ms"));
      }
    }
    return new OpenRows(rows, new Backlog(open, oldest), snapshot, registered);
  }

  private static List<String> strings(ResultSet result, String column) throws SQLException {
    Array array = result.getArray(column);
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }

  /**
   * Checks that the database answers, and counts the backlog once a second.
   *
   * @return the backlog, counted no further than to 10,000 rows; empty when it is not yet time
   */
  Optional<Backlog> probe() throws SQLException {
    return query(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
          }
          return nextCount.passed() ? Optional.of(readBacklog(connection)) : Optional.empty();
        });
  }

  private Backlog readBacklog(Connection connection) throws SQLException {
    nextCount = Deadline.after(COUNT_INTERVAL, clock);
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select count(*), extract(epoch from clock_timestamp() - min(created_at)) * 1000"
                    + " from (select created_at from routing_cache_eviction"
                    + " where done_at is null order by id limit "
                    + MAX_COUNTED
                    + ") open");
        ResultSet result = statement.executeQuery()) {
      result.next();
      return new Backlog(result.getLong(1), Math.max(0, result.getLong(2)));
    }
  }

  /** Reads all kept rows, as {@link #readAll(String)} does. */
  AllRows readAll() throws SQLException {
    return readAll(NO_REIGN);
  }

  /**
   * Reads open rows, rows not done on a reign, and organization-wide rows, each key once; the rows'
   * ids are 0. It may take long, and its result is not reported to {@link DatabaseAvailability}.
   */
  AllRows readAll(String reign) throws SQLException {
    try (Connection connection = database.getConnection()) {
      expectManyRows(connection);
      return readAll(connection, reign);
    }
  }

  /** Begins a transaction whose statements may take long. The pool ends it. */
  private static void expectManyRows(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, (int) READ_TIMEOUT.toMillis());
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local statement_timeout = " + READ_TIMEOUT.toMillis());
    }
  }

  private AllRows readAll(Connection connection, String reign) throws SQLException {
    // Both statements run after this snapshot was taken: a row that it shows is read below.
    Snapshot snapshot;
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select pg_current_snapshot()::text, clock_timestamp(), " + CONNECTION)) {
      result.next();
      snapshot = new Snapshot(result.getString(1), result.getString(3));
      if (firstRead == null) {
        firstRead = result.getObject(2, OffsetDateTime.class);
      }
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select distinct 0 as id, organization_id, resource_type, identifier,"
                + " case when resource_type is null then "
                + XACT_ID
                + " end as xact_id, 'reconnect' as cause,"
                + " bool_or(done_on is null and done_at > ?) over () as of_older_version"
                + " from routing_cache_eviction where resource_type is null"
                + " or done_on is null or not done_on @> array[?]::text[]")) {
      statement.setObject(1, firstRead);
      statement.setString(2, reign);
      try (ResultSet result = statement.executeQuery()) {
        List<OutboxRow> rows = new ArrayList<>();
        while (result.next()) {
          rows.add(OutboxRow.read(result));
          reportOlderVersion(result.getBoolean("of_older_version"));
        }
        return new AllRows(rows, snapshot);
      }
    }
  }

  /**
   * Warns once about rows that an instance of an earlier version has marked since this one began.
   */
  private void reportOlderVersion(boolean ofOlderVersion) {
    if (ofOlderVersion && !olderVersionReported) {
      olderVersionReported = true;
      CacheLog.olderVersion();
    }
  }
}

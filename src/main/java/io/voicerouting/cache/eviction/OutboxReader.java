package io.voicerouting.cache.eviction;

import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.document.DatabaseSnapshot;
import io.voicerouting.cache.support.CacheLog;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Reads the outbox for the relay, from the primary database and without locks. The result of each
 * query is reported to {@link DatabaseAvailability}. Used by one thread.
 */
final class OutboxReader {

  /** Timeout for reading very many rows. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  /** A reign on which no row is done. */
  private static final String NO_REIGN = "";

  private final JdbcTemplate jdbc;
  private final DatabaseAvailability availability;
  private @Nullable OffsetDateTime firstRead; // by the database's clock; null: none yet
  private boolean olderVersionReported;

  /**
   * @param database its connections fail if the server is silent for too long
   */
  OutboxReader(DataSource database, DatabaseAvailability availability) {
    this.jdbc = new JdbcTemplate(database);
    this.availability = availability;
  }

  /**
   * A row, and where it is done so far.
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
      List<PendingRow> rows,
      OutboxProbe.Backlog backlog,
      PassSnapshot snapshot,
      List<ReignSlots> registered) {}

  /**
   * The kept rows.
   *
   * @param rows that are not done on a reign
   * @param wide the organization-wide ones, also those that are done
   * @param snapshot {@code pg_current_snapshot()} from before they were read
   */
  record AllRows(List<OutboxRow> rows, List<OutboxRow> wide, PassSnapshot snapshot) {}

  /**
   * Reads what a pass has to evict, in one query. A second query is made if a last snapshot is from
   * another database connection.
   *
   * @param reigns of the connections in use
   * @param last snapshots of their last completed passes; at least one
   */
  OpenRows readOpen(Collection<String> reigns, Collection<PassSnapshot> last) {
    return availability.observe(
        () ->
            Objects.requireNonNull(
                jdbc.execute((Connection connection) -> readOpen(connection, reigns, last))));
  }

  private OpenRows readOpen(
      Connection connection, Collection<String> reigns, Collection<PassSnapshot> last)
      throws SQLException {
    JdbcTemplate sameConnection =
        new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    OpenRows open =
        readOpen(sameConnection, reigns, last.stream().map(PassSnapshot::text).toList());
    if (last.stream().allMatch(open.snapshot()::isComparableTo)) {
      return open;
    }
    if (reigns.size() > 1) { // most kept rows are done on one of the reigns alone
      sameConnection = LongStatements.on(connection, READ_TIMEOUT);
    }
    return readOpen(sameConnection, reigns, List.of(PassSnapshot.NONE.text()));
  }

  private OpenRows readOpen(JdbcTemplate database, Collection<String> reigns, List<String> last) {
    String oldest =
        last.stream()
            .min(Comparator.comparingLong(text -> DatabaseSnapshot.parse(text).xmin()))
            .orElseThrow();
    String[] inUse = reigns.toArray(String[]::new);
    return Objects.requireNonNull(
        database.query(
            OutboxQueries.OPEN_ROWS,
            this::openRows,
            inUse,
            firstRead(),
            inUse,
            oldest,
            last.toArray(String[]::new)));
  }

  private SqlParameterValue firstRead() {
    return new SqlParameterValue(Types.TIMESTAMP_WITH_TIMEZONE, firstRead);
  }

  private OpenRows openRows(ResultSet result) throws SQLException {
    List<PendingRow> rows = new ArrayList<>();
    List<ReignSlots> registered = List.of();
    long open = 0;
    long oldest = 0;
    PassSnapshot snapshot = PassSnapshot.NONE;
    while (result.next()) {
      if (snapshot.connection().isEmpty()) { // the same in each row
        snapshot = new PassSnapshot(result.getString("snapshot"), result.getString("connection"));
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
    return new OpenRows(rows, new OutboxProbe.Backlog(open, oldest), snapshot, registered);
  }

  private static List<String> strings(ResultSet result, String column) throws SQLException {
    Array array = result.getArray(column);
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }

  /** Reads all kept rows, as {@link #readAll(String)} does. */
  AllRows readAll() {
    return readAll(NO_REIGN);
  }

  /**
   * Reads open rows, rows not done on a reign, and organization-wide rows, each key once; the rows'
   * ids are 0. It may take long, and its result is not reported to {@link DatabaseAvailability}.
   */
  AllRows readAll(String reign) {
    return Objects.requireNonNull(
        jdbc.execute(
            (Connection connection) ->
                readAll(LongStatements.on(connection, READ_TIMEOUT), reign)));
  }

  private AllRows readAll(JdbcTemplate database, String reign) {
    // The rows are read after this snapshot was taken: a row that it shows is among them.
    PassSnapshot snapshot =
        Objects.requireNonNull(
            database.queryForObject(
                OutboxQueries.SNAPSHOT,
                (row, index) -> {
                  if (firstRead == null) {
                    firstRead = row.getObject(2, OffsetDateTime.class);
                  }
                  return new PassSnapshot(row.getString(1), row.getString(3));
                }));
    List<OutboxRow> rows = new ArrayList<>();
    List<OutboxRow> wide = new ArrayList<>();
    database.query(
        OutboxQueries.ALL_ROWS,
        result -> {
          reportOlderVersion(result.getBoolean("of_older_version"));
          OutboxRow row = OutboxRow.read(result);
          if (row.isOrganizationWide()) {
            wide.add(row);
          }
          if (!result.getBoolean("removed")) {
            rows.add(row);
          }
        },
        reign,
        firstRead(),
        reign);
    return new AllRows(rows, wide, snapshot);
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

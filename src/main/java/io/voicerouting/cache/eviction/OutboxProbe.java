package io.voicerouting.cache.eviction;

import io.voicerouting.cache.database.DatabaseAvailability;
import io.voicerouting.cache.support.Deadline;
import io.voicerouting.cache.support.NanoClock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Queries the database while Redis is unavailable and no pass does, because lookups wait less for a
 * database that is down. Used by one thread.
 */
final class OutboxProbe {

  private static final Duration COUNT_INTERVAL = Duration.ofSeconds(1);

  /** Few enough to be counted every second. */
  private static final int MAX_COUNTED = 10_000;

  private final JdbcTemplate jdbc;
  private final DatabaseAvailability availability;
  private final NanoClock clock;
  private Deadline nextCount;

  OutboxProbe(DataSource database, DatabaseAvailability availability, NanoClock clock) {
    this.jdbc = new JdbcTemplate(database);
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
   * Checks that the database answers, and counts the backlog once a second.
   *
   * @return the backlog, counted no further than to 10,000 rows; empty when it is not yet time
   */
  Optional<Backlog> run() {
    return availability.observe(
        () -> {
          if (nextCount.passed()) {
            return Optional.of(countBacklog());
          }
          jdbc.execute("select 1");
          return Optional.empty();
        });
  }

  private Backlog countBacklog() {
    nextCount = Deadline.after(COUNT_INTERVAL, clock);
    return jdbc.query(
            "select count(*), extract(epoch from clock_timestamp() - min(created_at)) * 1000"
                + " from (select created_at from routing_cache_eviction"
                + " where done_at is null order by id limit ?) open",
            (row, index) -> new Backlog(row.getLong(1), Math.max(0, row.getLong(2))),
            MAX_COUNTED)
        .getFirst();
  }
}

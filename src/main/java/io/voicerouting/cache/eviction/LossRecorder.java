package io.voicerouting.cache.eviction;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.support.EntryEvents;
import io.voicerouting.common.HostName;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes losses into the table {@code routing_cache_loss}, and deletes old ones. While the database
 * is down, losses are kept in memory. Used by one thread.
 */
public final class LossRecorder implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(LossRecorder.class);

  private final EntryEvents events;
  private final JdbcTemplate jdbc;
  private final Duration keep;

  /**
   * @param keep how long losses are kept: as long as done rows of the outbox
   */
  public LossRecorder(EntryEvents events, DataSource dataSource, Duration keep) {
    this.events = events;
    this.jdbc = new JdbcTemplate(dataSource);
    this.keep = keep;
  }

  /** Writes the pending losses; queries the database only if there are any. */
  @Override
  public void run() {
    List<EntryEvents.Loss> losses = events.waiting();
    if (losses.isEmpty()) {
      return;
    }
    try {
      jdbc.batchUpdate(
          "insert into routing_cache_loss (cause, organization_id, resource_type, identifier,"
              + " detail, server, instance, occurred_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
          losses.stream().map(LossRecorder::parameters).toList());
      events.forget(losses);
      jdbc.update(
          "delete from routing_cache_loss"
              + " where occurred_at < statement_timestamp() - ? * interval '1 millisecond'",
          keep.toMillis());
    } catch (DataAccessException e) {
      LOG.debug("Voice routing cache: Losses could not be written, trying again", e);
    }
  }

  private static Object[] parameters(EntryEvents.Loss loss) {
    CacheKey key = loss.key();
    return new Object[] {
      loss.cause().code(),
      key == null ? null : key.organizationId(),
      key == null ? null : key.resource(),
      key == null ? null : key.identifier(),
      loss.detail(),
      loss.server(),
      HostName.get(),
      loss.at().atOffset(ZoneOffset.UTC)
    };
  }
}

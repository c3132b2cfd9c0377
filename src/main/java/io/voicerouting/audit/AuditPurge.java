package io.voicerouting.audit;

import java.sql.Timestamp;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes changes that are older than the retention, once an hour and in steps. */
@Component
class AuditPurge {

  /** Few enough to end within the timeouts of a connection. */
  static final int STEP = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(AuditPurge.class);

  private final JdbcTemplate jdbc;
  private final AuditProperties properties;
  private final Clock clock;

  AuditPurge(JdbcTemplate jdbc, AuditProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  /** Deletes all such changes. If the database is down, the next run deletes them. */
  @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
  void run() {
    try {
      int deleted;
      do {
        deleted = step();
      } while (deleted == STEP);
    } catch (DataAccessException e) {
      LOG.debug("Voice routing cache: The audit log could not be purged", e);
    }
  }

  /**
   * Deletes a limited number. Instances that run this at the same time wait for each other's step.
   */
  int step() {
    return jdbc.update(
        "delete from audit_log where id in (select id from audit_log where occurred_at < ?"
            + " order by occurred_at limit ?)",
        Timestamp.from(clock.instant().minus(properties.retention())),
        STEP);
  }
}

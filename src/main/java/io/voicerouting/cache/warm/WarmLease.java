package io.voicerouting.cache.warm;

import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The permission to load a cold Redis, which one instance has at a time. It ends by itself, by the
 * clock of the database. Methods throw {@link org.springframework.dao.DataAccessException} if the
 * database fails.
 */
final class WarmLease {

  /** Longer than one step of loading takes. */
  static final Duration TTL = Duration.ofSeconds(15);

  private final JdbcTemplate jdbc;
  private final UUID holder = UUID.randomUUID();

  WarmLease(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  /** Acquires the lease, or renews it; returns false if another instance has it. */
  boolean acquire() {
    return jdbc.update(
            "update routing_cache_warm_lease set holder = ?,"
                + " held_until = clock_timestamp() + ? * interval '1 second'"
                + " where holder = ? or held_until < clock_timestamp()",
            holder,
            TTL.toSeconds(),
            holder)
        == 1;
  }

  /** Releases the lease, if this instance has it. */
  void release() {
    jdbc.update(
        "update routing_cache_warm_lease set holder = null, held_until = '-infinity'"
            + " where holder = ?",
        holder);
  }
}

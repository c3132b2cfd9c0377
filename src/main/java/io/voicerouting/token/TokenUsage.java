package io.voicerouting.token;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Remembers when tokens were used, and writes it to the database at most once an hour for each
 * token. The column is not part of the cached document, so this evicts nothing. Thread-safe.
 */
@Component
class TokenUsage {

  static final Duration PRECISION = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(TokenUsage.class);

  private final Map<Long, Use> uses = new ConcurrentHashMap<>();
  private final JdbcTemplate jdbc;

  TokenUsage(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  private static final class Use {
    private volatile Instant last;
    private volatile Instant written = Instant.MIN;

    Use(Instant last) {
      this.last = last;
    }

    boolean isDue() {
      return written.equals(Instant.MIN) || written.plus(PRECISION).isBefore(last);
    }
  }

  /** Records that a token was accepted. */
  void record(long tokenId, Instant now) {
    Use use = uses.get(tokenId);
    if (use == null) {
      use = uses.computeIfAbsent(tokenId, id -> new Use(now));
    }
    use.last = now;
  }

  /** Writes what is due. If the database is down, the next call writes it. */
  @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT10S")
  void write() {
    List<Map.Entry<Long, Use>> due = new ArrayList<>();
    uses.entrySet().stream().filter(entry -> entry.getValue().isDue()).forEach(due::add);
    try {
      for (Map.Entry<Long, Use> entry : due) {
        Instant last = entry.getValue().last;
        int updated =
            jdbc.update(
                "update api_tokens set last_used_at = greatest(last_used_at, ?) where id = ?",
                Timestamp.from(last),
                entry.getKey());
        entry.getValue().written = last;
        if (updated == 0) {
          uses.remove(entry.getKey()); // deleted by SQL
        }
      }
    } catch (DataAccessException e) {
      LOG.debug("Voice routing cache: The use of tokens could not be recorded", e);
    }
  }
}

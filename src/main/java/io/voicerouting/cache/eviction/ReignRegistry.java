package io.voicerouting.cache.eviction;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table {@code routing_cache_reign}: the reigns that some instance may trust. An instance
 * registers a reign before it trusts it. A writer is answered once its rows are done on every
 * registered reign. Methods throw {@link org.springframework.dao.DataAccessException} if the
 * database fails.
 */
public final class ReignRegistry {

  /** All hash slots: one server without Redis Cluster serves them. */
  private static final String SLOTS = "int4range(0, 16384)";

  private final JdbcTemplate jdbc;

  public ReignRegistry(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  /**
   * Registers a reign and clears a challenge of it.
   *
   * @return whether it was not registered before
   */
  boolean register(String reign) {
    int updated =
        jdbc.update(
            "update routing_cache_reign set challenge = null where reign = ? and slots = " + SLOTS,
            reign);
    if (updated > 0) {
      return false;
    }
    jdbc.update(
        "insert into routing_cache_reign (reign, slots) values (?, "
            + SLOTS
            + ") on conflict (reign, slots) do update set challenge = null",
        reign);
    return true;
  }

  /**
   * Challenges every other reign that is not challenged yet. An instance that uses one registers it
   * again in its next pass.
   *
   * @param token identifies the new challenges
   * @return the tokens of all challenges that stand now
   */
  List<UUID> challengeOthers(String reign, UUID token) {
    return jdbc.query(
        "update routing_cache_reign set challenge = coalesce(challenge, ?)"
            + " where reign <> ? and slots && "
            + SLOTS
            + " returning challenge",
        (rows, index) -> rows.getObject(1, UUID.class),
        token,
        reign);
  }

  /** Deletes the reigns whose challenge is still one of these. */
  void deleteUnanswered(List<UUID> tokens) {
    jdbc.update(
        "delete from routing_cache_reign where challenge = any (?)",
        (Object) tokens.toArray(UUID[]::new));
  }

  /** Returns whether each of these rows is done on every registered reign. */
  boolean areEvicted(List<OutboxRow> rows) {
    return Boolean.TRUE.equals(
        jdbc.query(
            connection -> statement(connection, rows),
            result -> result.next() && result.getBoolean(1)));
  }

  private static PreparedStatement statement(Connection connection, List<OutboxRow> rows)
      throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(
            "select not exists (select from routing_cache_eviction e, routing_cache_reign r"
                + " where e.id = any (?)"
                + " and (e.done_on is null or not e.done_on @> array[r.reign]))");
    statement.setArray(1, Outbox.ids(connection, rows));
    return statement;
  }
}

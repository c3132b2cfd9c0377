package io.voicerouting.cache.eviction;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table {@code routing_cache_reign}: the reigns that some instance may trust, and the hash
 * slots of the keys for which it may. An instance registers a reign before it trusts it. A writer
 * is answered once each of its rows is done on every reign that is registered for the row's key.
 * Methods throw {@link org.springframework.dao.DataAccessException} if the database fails.
 */
final class ReignRegistry {

  private static final String RENEW =
      "update routing_cache_reign r set challenge = null from "
          + ReignSlots.ROWS
          + " mine where r.reign = mine.reign and r.slots = mine.slots";

  private static final String REGISTER =
      "insert into routing_cache_reign (reign, slots) select reign, slots from "
          + ReignSlots.ROWS
          + " mine order by reign, slots" // two instances lock rows in the same order
          + " on conflict (reign, slots) do update set challenge = null";

  private static final String CHALLENGE_OTHERS =
      "with mine as "
          + ReignSlots.ROWS
          + ", others as (select * from routing_cache_reign other"
          + " where exists (select from mine where mine.slots && other.slots) and not exists"
          + " (select from mine where mine.reign = other.reign and mine.slots = other.slots)"
          + " for update skip locked)" // never waits for an instance that registers
          + " update routing_cache_reign r set challenge = coalesce(r.challenge, ?) from others"
          + " where r.reign = others.reign and r.slots = others.slots returning r.challenge";

  private static final String ARE_EVICTED =
      """
      select not exists (select from unnest(?::bigint[], ?::int[]) mine (id, slot)
        join routing_cache_eviction e on e.id = mine.id
        join routing_cache_reign r on r.slots @> mine.slot
        where e.done_on is null or not e.done_on @> array[r.reign])
      """;

  private final JdbcTemplate jdbc;

  ReignRegistry(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  /**
   * Registers reigns and clears challenges of them.
   *
   * @return whether some were not registered before
   */
  boolean register(Collection<ReignSlots> mine) {
    Object[] entries = ReignSlots.parameters(mine);
    if (jdbc.update(RENEW, entries) == mine.size()) {
      return false;
    }
    jdbc.update(REGISTER, entries);
    return true;
  }

  /**
   * Challenges every other entry for the same slots that is not challenged yet. An instance that
   * uses one registers it again in its next pass.
   *
   * @param token identifies the new challenges
   * @return the tokens of all challenges that are pending now
   */
  List<UUID> challengeOthers(Collection<ReignSlots> mine, UUID token) {
    return jdbc.query(
        CHALLENGE_OTHERS,
        (rows, index) -> rows.getObject(1, UUID.class),
        Stream.concat(Stream.of(ReignSlots.parameters(mine)), Stream.of(token)).toArray());
  }

  /** Deletes the entries whose challenge is still one of these. */
  void deleteUnanswered(List<UUID> tokens) {
    jdbc.update(
        "delete from routing_cache_reign where challenge = any (?)",
        (Object) tokens.toArray(UUID[]::new));
  }

  /**
   * Returns whether each of these rows is done on every reign that is registered for its key.
   *
   * @param slot returns the slot of a row's key
   */
  boolean areEvicted(List<OutboxRow> rows, ToIntFunction<OutboxRow> slot) {
    return Boolean.TRUE.equals(
        jdbc.queryForObject(
            ARE_EVICTED,
            Boolean.class,
            Outbox.ids(rows),
            rows.stream().map(slot::applyAsInt).toArray(Integer[]::new)));
  }
}

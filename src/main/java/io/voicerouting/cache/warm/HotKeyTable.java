package io.voicerouting.cache.warm;

import io.voicerouting.cache.CacheKey;
import io.voicerouting.cache.lookup.KeyDemand;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table {@code routing_cache_hot_key}. A key's rank grows with each lookup, and a lookup of a
 * day ago counts half. Methods throw {@link DataAccessException} if the database fails.
 */
final class HotKeyTable {

  /** Most keys that are read; a hundred thousand take about 20 MiB of heap. */
  static final int MAX_KEYS = 100_000;

  /** A day divided by ln 2, in seconds, as in the migration. */
  private static final int TIME_CONSTANT = 124_650;

  /** Sorted, so that two instances lock rows in the same order. */
  private static final String ADD =
      """
      insert into routing_cache_hot_key as h
        (owner_id, organization_id, resource_type, identifier, rank, asked_at)
      select owner_id, organization_id, resource_type, identifier,
        extract(epoch from now()) / %d + ln(asked), now()
      from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bigint[])
        asked (owner_id, organization_id, resource_type, identifier, asked)
      order by organization_id, resource_type, identifier
      on conflict on constraint routing_cache_hot_key_unique do update set
        owner_id = excluded.owner_id,
        rank = excluded.rank + ln(1 + exp(h.rank - excluded.rank)),
        asked_at = excluded.asked_at
      """
          .formatted(TIME_CONSTANT);

  private static final String TRIM =
      """
      delete from routing_cache_hot_key where asked_at < now() - interval '7 days'
        or ctid = any (array(
          select ctid from (
            select ctid, row_number() over (partition by owner_id order by rank desc) as place
            from routing_cache_hot_key
          ) placed where place > ?))
      """;

  private static final String READ =
      """
      select organization_id, resource_type, identifier from (
        select *, max(asked_at) over (partition by owner_id) as owner_asked_at,
          row_number() over (partition by owner_id order by rank desc) as place
        from routing_cache_hot_key
      ) placed
      where place <= ?
        and case when cardinality(?::bigint[]) > 0 then owner_id = 0 or owner_id = any (?)
          else owner_asked_at > now() - interval '1 day' end
      order by rank desc, organization_id, resource_type, identifier
      limit ?
      """;

  private final JdbcTemplate jdbc;
  private final WarmProperties settings;

  HotKeyTable(DataSource dataSource, WarmProperties settings) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.settings = settings;
  }

  void add(Map<CacheKey, KeyDemand.LookupCount> counts) {
    List<Map.Entry<CacheKey, KeyDemand.LookupCount>> all = List.copyOf(counts.entrySet());
    if (!all.isEmpty()) {
      jdbc.update(
          ADD,
          all.stream().map(one -> one.getValue().owner()).toArray(Long[]::new),
          all.stream().map(one -> one.getKey().organizationId()).toArray(Long[]::new),
          all.stream().map(one -> one.getKey().resource()).toArray(String[]::new),
          all.stream().map(one -> one.getKey().identifier()).toArray(String[]::new),
          all.stream().map(one -> one.getValue().count()).toArray(Long[]::new));
    }
  }

  /** Deletes keys that are not among the most requested ones of their organization. */
  void trim() {
    jdbc.update(TRIM, settings.keys());
  }

  /** Reads the keys to warm, the most requested ones first. */
  List<CacheKey> read() {
    Long[] organizations = settings.organizations().toArray(Long[]::new);
    return jdbc.query(
        READ,
        (row, index) -> new CacheKey(row.getString(2), row.getLong(1), row.getString(3)),
        settings.keys(),
        organizations,
        organizations,
        MAX_KEYS);
  }
}

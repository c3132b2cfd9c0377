package io.voicerouting.cache.eviction;

import io.voicerouting.cache.BulkEviction;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.EvictionSelection;
import io.voicerouting.cache.support.CacheLog;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Evicts what the database selects. One statement finds the keys and writes them to the outbox; the
 * relay passes of all instances evict them, as they do for any change.
 */
public final class BulkEvictor {

  /** With more keys of one organization, one row evicts all of it, as with triggers. */
  static final int MAX_KEYS = 1_000;

  /** With more keys in all, each row evicts a whole organization, as with triggers. */
  static final int MAX_KEYS_IN_ALL = 10_000;

  /** With more such organizations, one row evicts everything, as with triggers. */
  static final int MAX_ORGANIZATIONS = 1_000;

  /** Time limit of a statement that selects very many keys. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final List<? extends CachedResource<?>> resources;
  private final JdbcTemplate jdbc;
  private final PostCommitEvictor evictions;

  public BulkEvictor(
      List<? extends CachedResource<?>> resources,
      DataSource dataSource,
      PostCommitEvictor evictions) {
    this.resources = resources;
    this.jdbc = new JdbcTemplate(new DelegatingDataSource(dataSource)); // outside of transactions
    this.evictions = evictions;
  }

  /**
   * Counts the selected keys.
   *
   * @throws io.voicerouting.common.InvalidFieldsException if the selection is invalid
   * @throws CacheUnavailableException if the database is unavailable
   */
  public long count(EvictionSelection selection) {
    return query(
        "select count(*) from (" + keys(selection) + ") keys",
        parameters(selection, null),
        result -> result.next() ? result.getLong(1) : 0);
  }

  /**
   * Evicts the selected keys. Returns as a write does: when they are evicted on every primary in
   * use, or after {@link PostCommitEvictor#WAIT}; always after that time if a whole organization is
   * evicted.
   *
   * @param tokenName name of the operator's token; null if nobody requested it
   * @throws io.voicerouting.common.InvalidFieldsException if the selection is invalid
   * @throws CacheUnavailableException if the database did not store the rows
   */
  public BulkEviction evict(EvictionSelection selection, @Nullable String tokenName) {
    List<OutboxRow> rows = new ArrayList<>();
    long count = insert(selection, tokenName, rows);
    CacheLog.evictedInBulk(selection, count, tokenName);
    return new BulkEviction(count, evictions.evictByPasses(rows));
  }

  private long insert(
      EvictionSelection selection, @Nullable String tokenName, List<OutboxRow> rows) {
    String insert =
        """
        with keys as (%s), evicted as (%s), inserted as (
          insert into routing_cache_eviction as e
            (organization_id, resource_type, identifier, cause, selection, token_name)
          select distinct organization_id, resource_type, identifier, 'tag', :selection::text, :token::text
          from evicted
          %s
          returning %s
        )
        select (select count(*) from keys) as selected, inserted.*
        from (select) once left join inserted on true
        """
            .formatted(keys(selection), rows(selection), Outbox.OPEN_AGAIN, OutboxRow.COLUMNS);
    return query(
        insert,
        parameters(selection, tokenName),
        result -> {
          long count = 0;
          while (result.next()) {
            count = result.getLong("selected");
            if (result.getLong("id") != 0) { // else nothing was inserted
              rows.add(OutboxRow.read(result));
            }
          }
          return count;
        });
  }

  /** Runs one statement, which may take longer than the pool's connections permit. */
  private long query(
      String sql, MapSqlParameterSource parameters, ResultSetExtractor<Long> reader) {
    try {
      Long answer =
          jdbc.execute(
              (Connection connection) -> {
                Long result =
                    new NamedParameterJdbcTemplate(LongStatements.on(connection, TIMEOUT))
                        .query(sql, parameters, reader);
                connection.commit();
                return result;
              });
      return answer == null ? 0 : answer;
    } catch (DataAccessException e) {
      throw new CacheUnavailableException("The database did not carry out the statement", e);
    }
  }

  private MapSqlParameterSource parameters(
      EvictionSelection selection, @Nullable String tokenName) {
    MapSqlParameterSource parameters = new MapSqlParameterSource("token", tokenName);
    parameters.addValue("selection", selection.describe());
    List<Long> organizations = selection.organizationIds();
    if (organizations != null) {
      parameters.addValue("organizations", organizations.toArray(Long[]::new));
    }
    selection.tags().forEach((name, value) -> parameters.addValue("tag_" + name, value));
    resources.forEach(one -> parameters.addValue("resource_" + one.name(), one.name()));
    return parameters;
  }

  /** The rows to write for the selected keys. */
  private static String rows(EvictionSelection selection) {
    if (selection.all()) {
      return "select %d::bigint as organization_id, null::text as resource_type, null::text as identifier"
          .formatted(OutboxRow.ALL_ORGANIZATIONS);
    }
    String few =
        """
        select case when everything then %d else organization_id end as organization_id,
          case when few then resource_type end as resource_type,
          case when few then identifier end as identifier
        from (
          select organization_id, resource_type, identifier,
            count(*) over (partition by organization_id) <= %d and count(*) over () <= %d as few,
            count(*) over () > %3$d
              and (select count(distinct organization_id) from keys) > %d as everything
          from keys
        ) counted
        """
            .formatted(OutboxRow.ALL_ORGANIZATIONS, MAX_KEYS, MAX_KEYS_IN_ALL, MAX_ORGANIZATIONS);
    return selection.isOfWholeOrganizations()
        ? few
            + " where organization_id <> all (:organizations)"
            + " union all select organization_id, null, null"
            + " from unnest(:organizations) named (organization_id)"
        : few;
  }

  /** The selected keys, each once. */
  private String keys(EvictionSelection selection) {
    return selection.requireValid(resources).stream()
        .map(resource -> keys(resource, selection))
        .collect(Collectors.joining(" union "));
  }

  private static String keys(CachedResource<?> resource, EvictionSelection selection) {
    String ofOrganizations =
        selection.organizationIds() == null ? "" : " and owner_id = any (:organizations)";
    return selection.tags().keySet().stream()
        .map(tag -> " and " + tag + " = :tag_" + tag)
        .collect(
            Collectors.joining(
                "",
                "select organization_id, :resource_%s::text as resource_type, identifier from (%s) tagged where true%s"
                    .formatted(resource.name(), resource.taggedKeys().query(), ofOrganizations),
                ""));
  }
}

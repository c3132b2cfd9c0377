package io.voicerouting.cache.eviction;

import io.voicerouting.cache.BulkEviction;
import io.voicerouting.cache.CacheUnavailableException;
import io.voicerouting.cache.CachedResource;
import io.voicerouting.cache.EvictionSelection;
import io.voicerouting.cache.support.CacheLog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;

/**
 * Evicts what the database selects. One statement finds the keys and writes them to the outbox; the
 * relay passes of all instances evict them, as they do for any change.
 */
public final class BulkEvictor {

  /** Past this many keys of one organization, one row names all it has, as triggers do. */
  static final int MAX_KEYS = 1_000;

  /** Past this many keys in all, each row names all that its organization has, as triggers do. */
  static final int MAX_KEYS_IN_ALL = 10_000;

  /** Past this many such organizations, one row names everything, as triggers do. */
  static final int MAX_ORGANIZATIONS = 1_000;

  /** For very many keys. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final List<? extends CachedResource<?>> resources;
  private final JdbcTemplate jdbc;
  private final PostCommitEvictor evictions;

  /**
   * Creates the evictor.
   *
   * @param dataSource gives connections of its own, outside of any transaction
   */
  public BulkEvictor(
      List<? extends CachedResource<?>> resources,
      DataSource dataSource,
      PostCommitEvictor evictions) {
    this.resources = resources;
    this.jdbc = new JdbcTemplate(dataSource);
    this.evictions = evictions;
  }

  /** A statement and its parameters. */
  private record Statement(String sql, List<@Nullable Object> parameters) {

    Statement append(Statement other) {
      List<@Nullable Object> all = new ArrayList<>(parameters);
      all.addAll(other.parameters);
      return new Statement(sql + other.sql, all);
    }
  }

  /**
   * Counts the selected keys.
   *
   * @throws io.voicerouting.common.InvalidFieldsException if the selection is invalid
   * @throws CacheUnavailableException if the database is unavailable
   */
  public long count(EvictionSelection selection) {
    Statement keys = keys(selection);
    return query(
        new Statement("select count(*) from (", List.of())
            .append(keys)
            .append(new Statement(") keys", List.of())),
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
    Statement insert =
        new Statement("with keys as (", List.of())
            .append(keys(selection))
            .append(new Statement("), evicted as (", List.of()))
            .append(rows(selection))
            .append(
                new Statement(
                    """
                    ), inserted as (
                      insert into routing_cache_eviction as e
                        (organization_id, resource_type, identifier, cause, selection, token_name)
                      select distinct organization_id, resource_type, identifier, 'tag', ?::text, ?::text
                      from evicted
                      %s
                      returning %s
                    )
                    select (select count(*) from keys) as selected, inserted.*
                    from (select) once left join inserted on true
                    """
                        .formatted(Outbox.OPEN_AGAIN, OutboxRow.COLUMNS),
                    Arrays.asList(selection.describe(), tokenName)));
    return query(
        insert,
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

  /** Runs one statement, which may take longer than the pool's connections have for a statement. */
  private long query(Statement statement, ResultSetExtractor<Long> reader) {
    try {
      Long answer =
          jdbc.execute(
              (Connection connection) -> {
                connection.setNetworkTimeout(Runnable::run, (int) TIMEOUT.toMillis());
                connection.setAutoCommit(false); // the pool resets both
                try (java.sql.Statement limit = connection.createStatement()) {
                  limit.execute("set local statement_timeout = " + TIMEOUT.toMillis());
                }
                long result = run(connection, statement, reader);
                connection.commit();
                return result;
              });
      return answer == null ? 0 : answer;
    } catch (DataAccessException e) {
      throw new CacheUnavailableException("The database did not carry out the statement", e);
    }
  }

  private static long run(
      Connection connection, Statement statement, ResultSetExtractor<Long> reader)
      throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
      for (int i = 0; i < statement.parameters().size(); i++) {
        prepared.setObject(i + 1, statement.parameters().get(i));
      }
      try (ResultSet result = prepared.executeQuery()) {
        Long read = reader.extractData(result);
        return read == null ? 0 : read;
      }
    }
  }

  /** The rows to write for the selected keys. */
  private static Statement rows(EvictionSelection selection) {
    if (selection.all()) {
      return new Statement(
          "select ?::bigint as organization_id, null::text as resource_type, null::text as"
              + " identifier",
          List.of(OutboxRow.ALL_ORGANIZATIONS));
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
    List<Long> organizations = selection.organizationIds();
    if (organizations == null || !selection.isOfWholeOrganizations()) {
      return new Statement(few, List.of());
    }
    return new Statement(
        few
            + " where organization_id <> all (?)"
            + " union all select organization_id, null, null"
            + " from unnest(?) named (organization_id)",
        List.of(ids(organizations), ids(organizations)));
  }

  /** The selected keys, each once. */
  private Statement keys(EvictionSelection selection) {
    Statement union = null;
    for (CachedResource<?> resource : selection.requireValid(resources)) {
      Statement one = keys(resource, selection);
      union = union == null ? one : union.append(new Statement(" union ", List.of())).append(one);
    }
    return union == null ? new Statement("", List.of()) : union;
  }

  private static Statement keys(CachedResource<?> resource, EvictionSelection selection) {
    StringBuilder sql =
        new StringBuilder(
            "select organization_id, ?::text as resource_type, identifier from ("
                + resource.taggedKeys().query()
                + ") tagged where true");
    List<@Nullable Object> parameters = new ArrayList<>();
    parameters.add(resource.name());
    List<Long> organizations = selection.organizationIds();
    if (organizations != null) {
      sql.append(" and owner_id = any (?)");
      parameters.add(ids(organizations));
    }
    new TreeMap<>(selection.tags())
        .forEach(
            (name, value) -> {
              sql.append(" and ").append(name).append(" = ?");
              parameters.add(value);
            });
    return new Statement(sql.toString(), parameters);
  }

  private static Long[] ids(List<Long> organizations) {
    return organizations.toArray(Long[]::new);
  }
}

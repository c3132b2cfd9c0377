package io.voicerouting.cache.eviction;

import io.voicerouting.cache.CacheKey;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table {@code routing_cache_eviction}: evictions that transactions require, written by
 * triggers in those transactions. {@link OutboxReader} reads it for passes.
 */
public final class Outbox {

  /** Rows deleted by one statement; few enough to end within the timeouts of a connection. */
  public static final int PURGE_BATCH = 1_000;

  /** Rows marked by one statement; few enough to end within the timeouts of a connection. */
  public static final int MARK_BATCH = 1_000;

  /**
   * Reuses a kept row of the same transaction id and key as the new one, as triggers do. Such a row
   * exists only in a database that was restored into another cluster, whose transaction ids start
   * again.
   */
  static final String OPEN_AGAIN =
      """
      on conflict on constraint routing_cache_eviction_key_unique
      do update set (created_at, owner_ids, cause, selection, changed_table, operation, statement,
          token_name, application_name, database_user)
        = (excluded.created_at, excluded.owner_ids, excluded.cause, excluded.selection,
          excluded.changed_table, excluded.operation, excluded.statement, excluded.token_name,
          excluded.application_name, excluded.database_user),
        done_at = null, done_on = null, confirmations = null
      """;

  private static final String MARK_DONE =
      """
      with due as (
        select id from routing_cache_eviction
        where id = any (?) and (done_on is null or not done_on @> array[?]::text[])
      ), mine as (
        select id from routing_cache_eviction
        where id in (select id from due)
          and (done_on is null or not done_on @> array[?]::text[])
        for update skip locked
      ), marked as (
        update routing_cache_eviction e
        set done_at = coalesce(done_at, clock_timestamp()),
          done_on = array_append(done_on, ?::text),
          confirmations = coalesce(confirmations, '{}')
            || jsonb_build_object(?::text,
              jsonb_build_object('server', ?::text, 'at', clock_timestamp()))
        from mine where e.id = mine.id
      )
      select not exists (select id from due except select id from mine)
      """;

  private final JdbcTemplate jdbc;

  public Outbox(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  /** Returns the rows that the current transaction has written so far. */
  public List<OutboxRow> findByCurrentTransaction() {
    return jdbc.query(
        "select "
            + OutboxRow.COLUMNS
            + " from routing_cache_eviction where xact_id = pg_current_xact_id_if_assigned()",
        (rows, index) -> OutboxRow.read(rows));
  }

  /**
   * Adds an operator's eviction of everything of an organization, in a transaction of its own.
   *
   * @param organizationId {@link OutboxRow#ALL_ORGANIZATIONS} for all
   * @param tokenName name of the operator's token; null if nobody requested it
   */
  OutboxRow add(long organizationId, @Nullable String tokenName) {
    return add(organizationId, null, null, tokenName);
  }

  /** Adds an operator's eviction of one document, in a transaction of its own. */
  OutboxRow add(CacheKey key, @Nullable String tokenName) {
    return add(key.organizationId(), key.resource(), key.identifier(), tokenName);
  }

  private OutboxRow add(
      long organizationId,
      @Nullable String resource,
      @Nullable String identifier,
      @Nullable String tokenName) {
    return jdbc.query(
            "insert into routing_cache_eviction"
                + " (organization_id, resource_type, identifier, cause, token_name)"
                + " values (?, ?, ?, 'operator', ?) "
                + OPEN_AGAIN
                + " returning "
                + OutboxRow.COLUMNS,
            (rows, index) -> OutboxRow.read(rows),
            organizationId,
            resource,
            identifier,
            tokenName)
        .getFirst();
  }

  /**
   * Marks rows done on a reign once Redis has confirmed their evictions there. Rows that another
   * transaction is marking are skipped.
   *
   * @return whether none was skipped
   */
  public boolean markDone(CompletedPass pass) {
    boolean all = true;
    for (int from = 0; from < pass.rows().size(); from += MARK_BATCH) {
      all &= markBatch(pass, from);
    }
    return all;
  }

  /** Marks a batch of the rows, from an index on. */
  boolean markBatch(CompletedPass pass, int from) {
    List<OutboxRow> rows = pass.rows();
    Long[] ids = ids(rows.subList(from, Math.min(from + MARK_BATCH, rows.size())));
    String reign = pass.reign();
    return Boolean.TRUE.equals(
        jdbc.queryForObject(
            MARK_DONE, Boolean.class, ids, reign, reign, reign, reign, pass.server()));
  }

  /**
   * Deletes a bounded number of rows that were done longer ago than this. It compares with the time
   * of the statement, so that an index can be used.
   *
   * @return the number of deleted rows, at most {@link #PURGE_BATCH}
   */
  public int purge(Duration age) {
    return jdbc.update(
        "delete from routing_cache_eviction where id in (select id from routing_cache_eviction"
            + " where done_at < statement_timestamp() - ? * interval '1 millisecond'"
            + " limit ? for update skip locked)",
        age.toMillis(),
        PURGE_BATCH);
  }

  /**
   * Announces how long this instance needs done rows, from now on. Must be repeated at least every
   * five minutes.
   *
   * @param keep longer, by five minutes, than the TTL of any entry that it stores
   * @return how long they have to be kept: the longest time that is announced
   */
  public Duration announceRetention(Duration keep) {
    Long longest =
        jdbc.queryForObject(
            """
            with announced as (
              insert into routing_cache_retention as r (keep_seconds, expires_at)
                select keep, statement_timestamp() + keep * interval '1 second' from cast(? as bigint) keep
              on conflict (keep_seconds)
                do update set expires_at = greatest(r.expires_at, excluded.expires_at)
            ), expired as (
              delete from routing_cache_retention where expires_at < statement_timestamp()
            )
            select coalesce(max(keep_seconds), 0) from routing_cache_retention
              where expires_at >= statement_timestamp()
            """,
            Long.class,
            keep.toSeconds());
    Duration announced = Duration.ofSeconds(Objects.requireNonNull(longest));
    return announced.compareTo(keep) > 0 ? announced : keep;
  }

  static Long[] ids(List<OutboxRow> rows) {
    return rows.stream().map(OutboxRow::id).toArray(Long[]::new);
  }
}

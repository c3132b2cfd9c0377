package io.voicerouting.cache.eviction;

/** The queries by which {@link OutboxReader} reads the outbox. */
final class OutboxQueries {

  /** Identifies the database connection; a process id alone may be used again. */
  private static final String CONNECTION =
      "pg_backend_pid() || ' ' || (select backend_start from pg_stat_activity"
          + " where pid = pg_backend_pid())";

  /**
   * The transaction id, or 0 in a row from another database cluster, as a restored dump has it: no
   * transaction of this cluster that is visible has an id past the snapshot's xmax.
   */
  private static final String XACT_ID =
      "case when xact_id < pg_snapshot_xmax(pg_current_snapshot())"
          + " then xact_id::text::bigint else 0 end";

  /**
   * Open rows, and rows that one of the last snapshots did not show if they are not done on every
   * reign in use or name a whole organization. The snapshot is returned even without rows. Each of
   * the two branches has an index: one of open rows, and one of transaction ids.
   */
  static final String OPEN_ROWS =
      """
      select pg_current_snapshot()::text as snapshot, CONNECTION as connection,
        array(
          select r.reign || ' ' || lower(r.slots) || ' ' || upper(r.slots)
          from routing_cache_reign r where r.reign = any(?) and r.challenge is null
        ) as registered,
        coalesce(row.id, 0) as id, row.organization_id,
        row.resource_type, row.identifier, row.number as xact_id, row.cause,
        row.done_at is null as open, row.done_on,
        row.done_on is null and row.done_at > ? as of_older_version,
        extract(epoch from clock_timestamp() - row.created_at) * 1000 as age_ms
      from (select) once
      left join (
        select *, XACT_ID as number from routing_cache_eviction
        where done_at is null
          or (resource_type is null and xact_id < pg_snapshot_xmax(pg_current_snapshot())
              or done_on is null or not done_on @> ?::text[])
            and xact_id >= pg_snapshot_xmin(?::pg_snapshot)
            and exists (
              select from unnest(?::text[]) seen
              where not pg_visible_in_snapshot(xact_id, seen::pg_snapshot))
      ) row on true
      """
          .replace("CONNECTION", CONNECTION)
          .replace("XACT_ID", XACT_ID);

  /**
   * Open rows, rows that are not done on a reign, and organization-wide ones; each key once. An
   * organization-wide row that is done on the reign is {@code removed}: its documents were removed.
   * One from another database cluster may be done on a reign that had no part in it.
   */
  static final String ALL_ROWS =
      """
      select distinct 0 as id, organization_id, resource_type, identifier,
        case when resource_type is null then XACT_ID end as xact_id, 'reconnect' as cause,
        resource_type is null and XACT_ID > 0
          and coalesce(done_on @> array[?]::text[], false) as removed,
        bool_or(done_on is null and done_at > ?) over () as of_older_version
      from routing_cache_eviction
      where resource_type is null or done_on is null or not done_on @> array[?]::text[]
      """
          .replace("XACT_ID", XACT_ID);

  /** What a transaction that begins now can see, the time, and the connection. */
  static final String SNAPSHOT =
      "select pg_current_snapshot()::text, clock_timestamp(), " + CONNECTION;

  private OutboxQueries() {}
}

-- As in V1: functions keep this path, temporary tables last.
do $$ begin perform set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true); end $$;

-- The reigns on which a row's eviction was confirmed. A reign is one Redis server's time as a primary. After a failover
-- an old primary may still answer instances that are connected to it: a row that is done on the new primary alone is not
-- evicted there.
alter table routing_cache_eviction add column done_on text[];

-- As in V2, but for the conflict: after a restore into another database cluster a kept row may have the transaction id of
-- a new transaction. Its eviction is open again then.
create or replace function routing_cache_eviction_record() returns trigger
  language plpgsql security definer set search_path from current as
$$
declare
  changed_rows text;
begin
  case tg_op
    when 'INSERT' then
      if not exists (table new_rows) then return null; end if;
      changed_rows := 'table new_rows';
    when 'UPDATE' then
      if not exists (table new_rows) then return null; end if;
      -- Old and new identity: a renumbered extension has two keys, a moved row two owners.
      changed_rows := 'table old_rows union all table new_rows';
    when 'DELETE' then
      -- Cascades of many parents end here often, with nothing to do.
      if not exists (table old_rows) then return null; end if;
      changed_rows := 'table old_rows';
    when 'TRUNCATE' then
      changed_rows := format('table %I.%I', tg_table_schema, tg_table_name);
  end case;

  -- TRUNCATE removes rows that a transaction with one snapshot for all its statements cannot see: their owners would not
  -- be found, and their copies would stay. (A parent that it cannot see is refused by the foreign key, and one that has
  -- changed since by the schedule's lock.)
  if tg_op = 'TRUNCATE' and current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    raise feature_not_supported using
      message = format('TRUNCATE of %s in a %s transaction (expected: read committed)',
        tg_table_name, current_setting('transaction_isolation')),
      hint = 'Use DELETE, or another isolation level.';
  end if;

  -- Past 1,000 keys of one organization (any number when truncated), one row for all it has: cheaper here, and to evict.
  execute format(
    'with changed as (%s), '
    'keys as (select distinct * from (%s) keys (organization_id, resource_type, identifier)), '
    'counted as (select *, count(*) over (partition by organization_id) <= %s as few from keys) '
    'insert into routing_cache_eviction as e (organization_id, resource_type, identifier) '
    'select distinct organization_id, case when few then resource_type end, case when few then identifier end '
    'from counted '
    'on conflict on constraint routing_cache_eviction_key_unique '
    'do update set done_at = null, done_on = null where e.done_at is not null',
    changed_rows, tg_argv[0], case tg_op when 'TRUNCATE' then 0 else 1000 end) using tg_op;
  return null;
end
$$;

-- The reigns that some instance may trust. A writer is answered once its rows are done on each of them. An instance trusts
-- a reign only after a pass whose snapshot shows the reign here without a challenge. An entry whose challenge nobody
-- clears is deleted.
create table routing_cache_reign (
  reign text not null,
  slots int4range not null, -- hash slots that the reign serves; one server without Cluster serves all
  challenge uuid,
  primary key (reign, slots)
);

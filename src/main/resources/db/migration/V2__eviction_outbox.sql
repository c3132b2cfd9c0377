-- The outbox of evictions: a change of rows and the order to evict their cached copies commit together, whoever makes
-- the change: this service, another application, somebody at psql. What must be evicted is worked out here and nowhere
-- else; the service reads it back.

-- As in V1: functions keep this path, temporary tables last.
do $$ begin perform set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true); end $$;

create table routing_cache_eviction (
  id bigint generated always as identity primary key,
  -- Tells a transaction its own rows. Rows are never looked for by "id greater than": commits are not in id order.
  xact_id xid8 not null default pg_current_xact_id(),
  organization_id bigint not null, -- no foreign key: the row outlives its organization
  resource_type text, -- null: everything of the organization
  identifier text, -- null: the only one of its type in the organization
  created_at timestamptz not null default clock_timestamp(),
  done_at timestamptz, -- null while open; set after the reply to the eviction
  -- One row a transaction and key, however often it touches it. With the transaction in front no two of them ever meet,
  -- hence wait for each other, in this index; it also finds a transaction's rows.
  constraint routing_cache_eviction_key_unique
    unique nulls not distinct (xact_id, organization_id, resource_type, identifier)
) with (
  -- Every row is updated once and deleted soon after: without early vacuuming the frequent scan of open rows would wade
  -- through dead ones.
  autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500
);

create index routing_cache_eviction_open on routing_cache_eviction (id) where done_at is null;
create index routing_cache_eviction_done on routing_cache_eviction (done_at) where done_at is not null;


-- The trigger of every watched table. Its argument is a query for the keys of the rows in `changed`, as explained at
-- routing_cache_watch. It runs with its owner's rights, so that writers need none on the outbox, nor on the tables that
-- the query joins. The query being what it is, nobody else may make triggers of this function (firing them needs no right
-- on it).
create function routing_cache_eviction_record() returns trigger
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
    'insert into routing_cache_eviction (organization_id, resource_type, identifier) '
    'select distinct organization_id, case when few then resource_type end, case when few then identifier end '
    'from counted '
    'on conflict do nothing',
    changed_rows, tg_argv[0], case tg_op when 'TRUNCATE' then 0 else 1000 end) using tg_op;
  return null;
end
$$;

revoke execute on function routing_cache_eviction_record() from public;


-- Makes every change of a table leave the keys of its cached documents in the outbox. For a new cached resource this call
-- is all its migration needs beside the table:
--
--   select routing_cache_watch('mailboxes', 'select organization_id, ''mailbox'', mailbox_number from changed');
--
-- keys_query yields (organization_id, resource_type, identifier) for the rows in `changed`: before and after the
-- statement, where there is a before and an after. $1 is the event, such as 'DELETE'. A null resource_type stands for
-- everything of the organization. A table whose rows are only part of a document joins its way up to the owner; in
-- a cascade the parent has gone first and the join finds nothing: the parent's own trigger covers it.
create function routing_cache_watch(watched regclass, keys_query text) returns void
  language plpgsql set search_path from current as
$$
declare
  event record;
begin
  -- A mistake in the query shows in the migration, not in somebody's first write.
  execute format(
    'with changed as (table %s) '
    'select organization_id::bigint, resource_type::text, identifier::text '
    'from (%s) keys (organization_id, resource_type, identifier) limit 0',
    watched, keys_query) using 'INSERT';

  for event in
    values
      ('insert', 'after', 'referencing new table as new_rows'), -- transition tables allow one event a trigger
      ('update', 'after', 'referencing old table as old_rows new table as new_rows'),
      ('delete', 'after', 'referencing old table as old_rows'),
      ('truncate', 'before', '') -- afterwards there is nothing left to see
  loop
    execute format(
      'create trigger routing_cache_eviction_%1$s %2$s %1$s on %4$s %3$s '
      'for each statement execute function routing_cache_eviction_record(%5$L)',
      event.column1, event.column2, event.column3, watched, keys_query);
    -- Also when session_replication_role is "replica", as bulk loads have it.
    execute format('alter table %s enable always trigger routing_cache_eviction_%s', watched, event.column1);
  end loop;
end
$$;


select routing_cache_watch('extensions', $$
  select organization_id, 'extension', extension_number from changed
$$);

-- The document of a schedule shows its organization's zone. When an organization goes, so does all it has.
select routing_cache_watch('organizations', $$
  select id, 'organization', null from changed
  union all
  select id, 'business_hours', null from changed group by id having count(distinct timezone) > 1
  union all
  select id, null, null from changed where $1 = 'DELETE'
$$);

select routing_cache_watch('business_hours_schedules', $$
  select organization_id, 'business_hours', null from changed
$$);

select routing_cache_watch('business_hours_schedule_days', $$
  select s.organization_id, 'business_hours', null
  from changed
  join business_hours_schedules s on s.id = changed.business_hours_schedule_id
$$);

select routing_cache_watch('business_hours_time_ranges', $$
  select s.organization_id, 'business_hours', null
  from changed
  join business_hours_schedule_days d on d.id = changed.business_hours_schedule_day_id
  join business_hours_schedules s on s.id = d.business_hours_schedule_id
$$);

select routing_cache_watch('business_hours_exceptions', $$
  select s.organization_id, 'business_hours', null
  from changed
  join business_hours_schedules s on s.id = changed.business_hours_schedule_id
$$);

select routing_cache_watch('business_hours_exception_time_ranges', $$
  select s.organization_id, 'business_hours', null
  from changed
  join business_hours_exceptions e on e.id = changed.business_hours_exception_id
  join business_hours_schedules s on s.id = e.business_hours_schedule_id
$$);

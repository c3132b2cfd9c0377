-- Why an entry vanished: each row of the outbox states what caused it, and where and when it was confirmed.

-- As in V1: functions keep this path, temporary tables last.
do $$ begin perform set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true); end $$;

-- All may be null: in rows of the previous release and, for a change by SQL, the token's name.
alter table routing_cache_eviction
  add column cause text check (cause in ('change', 'operator', 'tag')),
  add column changed_table text, -- null unless the cause is a change
  add column token_name text, -- whose request it was; null for a change by SQL
  add column application_name text,
  add column database_user text,
  -- {"<reign>": {"server": "host:port", "at": ...}}, beside done_on, which the previous release writes alone
  add column confirmations jsonb;

-- Rows that no trigger writes are evictions by an operator; those of the previous release name no cause.
alter table routing_cache_eviction
  alter column cause set default 'operator',
  alter column application_name set default current_setting('application_name'),
  alter column database_user set default session_user;

-- The last evictions of an organization.
create index routing_cache_eviction_organization on routing_cache_eviction (organization_id, id);

-- As in V4, but with the origin, and with a bound: a pass on a Redis that gets 100,000 keys at once takes longer than trust
-- lasts. $2 is the table, $3 the token's name.
create or replace function routing_cache_eviction_record() returns trigger
  language plpgsql security definer set search_path from current as
$$
declare
  changed_rows text;
  token text := null;
begin
  -- The service states whose request it carries out. Who may write the outbox may say so; for anybody else this means
  -- nothing.
  if has_table_privilege(session_user, 'routing_cache_eviction'::regclass, 'insert') then
    token := nullif(current_setting('routing.token_name', true), '');
  end if;

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
  -- Past 10,000 keys in all, such a row for each organization; if these are more than 1,000, one row for everything (-1).
  execute format(
    'with changed as (%s), '
    'keys as (select distinct * from (%s) keys (organization_id, resource_type, identifier)), '
    'counted as (select organization_id, resource_type, identifier, '
    'count(*) over (partition by organization_id) <= %s and count(*) over () <= 10000 as few, '
    'count(*) over () > 10000 and (select count(distinct organization_id) from keys) > 1000 as everything from keys) '
    'insert into routing_cache_eviction as e '
    '(organization_id, resource_type, identifier, cause, changed_table, token_name) '
    'select distinct case when everything then -1 else organization_id end, '
    'case when few then resource_type end, case when few then identifier end, '
    '''change'', $2, $3 from counted '
    'on conflict on constraint routing_cache_eviction_key_unique '
    'do update set (created_at, cause, changed_table, token_name, application_name, database_user) '
    '= (excluded.created_at, excluded.cause, excluded.changed_table, excluded.token_name, '
    'excluded.application_name, excluded.database_user), '
    'done_at = null, done_on = null, confirmations = null where e.done_at is not null',
    changed_rows, tg_argv[0], case tg_op when 'TRUNCATE' then 0 else 1000 end)
    using tg_op, tg_table_name::text, token;
  return null;
end
$$;

-- Entries that vanished without a row of the outbox. The service writes a bounded number and deletes old ones.
create table routing_cache_loss (
  id bigint generated always as identity primary key,
  cause text not null check (cause in ('unreadable', 'schema_version', 'reconnect')),
  organization_id bigint, -- null: of all organizations
  resource_type text, -- null: every document of a server
  identifier text,
  detail text not null, -- what was wrong, or what was done
  server text not null, -- host:port
  instance text not null, -- host name of the instance that noticed it
  occurred_at timestamptz not null default clock_timestamp()
);

create index routing_cache_loss_organization on routing_cache_loss (organization_id, id);
create index routing_cache_loss_occurred on routing_cache_loss (occurred_at);

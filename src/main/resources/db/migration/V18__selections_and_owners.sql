-- Outbox rows tell by what selection an operator evicted, and whose the documents are whose keys name no organization.

-- As in V1: functions keep this path, temporary tables last.
do $$ begin perform set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true); end $$;

-- Both are null in rows of the previous release.
alter table routing_cache_eviction
  add column selection text, -- such as 'resource=extension, ring_group_id=sales'; null unless the cause is a tag
  add column owner_ids bigint[]; -- of a change: organizations that the document belonged to, before and after it

-- As in V17, and: the query of a table may have a fourth column, owner_id, for keys that name no organization. In a query
-- without one, the name means that of no_owner, which is null.
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
    'named as (select one.* from (select null::bigint as owner_id) no_owner, lateral ('
    'select organization_id, resource_type, identifier, owner_id '
    'from (%s) keys (organization_id, resource_type, identifier)) one), '
    'keys as (select organization_id, resource_type, identifier, '
    'array_agg(distinct owner_id) filter (where owner_id is not null) as owner_ids '
    'from named group by organization_id, resource_type, identifier), '
    'counted as (select organization_id, resource_type, identifier, owner_ids, '
    'count(*) over (partition by organization_id) <= %s and count(*) over () <= 10000 as few, '
    'count(*) over () > 10000 and (select count(distinct organization_id) from keys) > 1000 as everything from keys) '
    'insert into routing_cache_eviction as e '
    '(organization_id, resource_type, identifier, owner_ids, cause, changed_table, token_name) '
    'select distinct case when everything then -1 else organization_id end, '
    'case when few then resource_type end, case when few then identifier end, case when few then owner_ids end, '
    '''change'', $2, $3 from counted '
    'on conflict on constraint routing_cache_eviction_key_unique '
    'do update set (created_at, owner_ids, cause, selection, changed_table, token_name, application_name, '
    'database_user) = (excluded.created_at, excluded.owner_ids, excluded.cause, null, excluded.changed_table, '
    'excluded.token_name, excluded.application_name, excluded.database_user), '
    'done_at = null, done_on = null, confirmations = null where e.done_at is not null',
    changed_rows, tg_argv[0], case tg_op when 'TRUNCATE' then 0 else 1000 end)
    using tg_op, tg_table_name::text, token;
  return null;
end
$$;

do $$
declare
  watched text;
  event text;
begin
  foreach watched in array array['organizations', 'phone_numbers', 'routing_overrides', 'api_tokens'] loop
    foreach event in array array['insert', 'update', 'delete', 'truncate'] loop
      execute format('drop trigger routing_cache_eviction_%s on %I', event, watched);
    end loop;
  end loop;
end
$$;

-- The same keys as in V7, V6, V9 and V10, and their owners.
select routing_cache_watch('organizations', $$
  select id, 'organization', null, null::bigint as owner_id from changed
  union all
  select 0, 'sip_domain', sip_domain, id
  from changed where sip_domain is not null group by id, sip_domain having count(*) = 1
  union all
  select id, 'business_hours', null, null from changed group by id having count(*) = 1 or count(distinct timezone) > 1
  union all
  select s.organization_id, 'business_hours', s.id::text, null
  from (select id from changed group by id having count(*) = 1) moved
  join business_hours_schedules s on s.organization_id = moved.id and s.scope = 'number'
  union all
  select 0, 'phone_number_block', null, moved.id
  from (select id from changed group by id having count(*) = 1) moved
  join phone_numbers p on p.organization_id = moved.id and p.match = 'prefix'
  union all
  select 0, 'phone_number_block', null, id from changed group by id having count(distinct status) > 1
  union all
  select id, null, null, null from changed group by id having $1 = 'DELETE' or count(distinct timezone) > 1
$$);

select routing_cache_watch('phone_numbers', $$
  select 0,
    case match when 'prefix' then 'phone_number_block' else 'phone_number' end,
    case match when 'prefix' then null else substr(number, 2) end,
    organization_id as owner_id
  from changed
$$);

select routing_cache_watch('routing_overrides', $$
  select organization_id, 'organization', null, null::bigint as owner_id from changed where scope = 'organization'
  union all
  select 0, 'phone_number_block', null, organization_id from changed where scope = 'organization'
  union all
  select organization_id, 'business_hours', keys.identifier, null
  from changed cross join lateral (values (null), (business_hours_schedule_id::text)) keys (identifier)
  where business_hours_schedule_id is not null
  union all
  select 0,
    case p.match when 'prefix' then 'phone_number_block' else 'phone_number' end,
    case p.match when 'prefix' then null else substr(p.number, 2) end,
    p.organization_id
  from changed
  join phone_numbers p on p.id = changed.phone_number_id
$$);

select routing_cache_watch('api_tokens', $$
  select 0, 'token', digest, unnest(array_agg(distinct organization_id)) as owner_id
  from changed
  group by id, digest
  having count(*) = 1
    or count(distinct (name, role, organization_id, signature_secret, expires_at, revoked_at)) > 1
$$);

-- Outbox rows tell by which statement a row was changed.

-- As in V1: functions keep this path, temporary tables last.
do $$ begin perform set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true); end $$;

-- Both are null unless the cause is a change, and in rows of the previous release.
alter table routing_cache_eviction
  add column operation text check (operation in ('insert', 'update', 'delete', 'truncate')),
  add column statement text; -- text that the client sent, shortened; null for a request to the service

-- The text that the client of this session has sent: at most 500 characters, without tokens and their digests, and null
-- if it may contain another secret. Values of parameters are no part of it. The right of everybody to execute this is
-- the switch: without it, the result is null.
create function routing_cache_statement() returns text
  language plpgsql stable set search_path from current as
$$
declare
  sent text := current_query();
  head text;
begin
  if not has_function_privilege('public', 'routing_cache_statement()', 'execute')
     or sent ~* 'api_tokens|secret|password' then
    return null;
  end if;
  head := left(sent, 600);
  if sent <> head then
    head := regexp_replace(head, '[0-9A-Za-z_-]{1,100}$', ''); -- maybe a part of a digest
  end if;
  head := regexp_replace(head, '[0-9A-Fa-f]{64,}|vrt_[0-9A-Za-z_-]+', '***', 'g');
  return case when sent <> left(sent, 600) or char_length(head) > 500 then left(head, 499) || '…' else head end;
end
$$;

-- As in V18, and: $4 is the statement. That of the service is known by its token. Nothing is kept of a transaction that
-- adds or changes tokens. It may delete some: cascades do.
create or replace function routing_cache_eviction_record() returns trigger
  language plpgsql security definer set search_path from current as
$$
declare
  changed_rows text;
  token text := null;
  statement text := null;
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

  if token is null then
    statement := routing_cache_statement();
  end if;
  if tg_table_name = 'api_tokens' and tg_op in ('INSERT', 'UPDATE') then
    -- A function may have changed other rows, too, and been called with a token.
    perform set_config('routing.tokens_changed', 'on', true);
    update routing_cache_eviction e set statement = null
    where e.xact_id = pg_current_xact_id() and e.statement is not null;
  end if;
  if tg_table_name = 'api_tokens' or current_setting('routing.tokens_changed', true) = 'on' then
    statement := null;
  end if;

  -- TRUNCATE removes rows that a transaction with one snapshot for all its statements cannot see: their owners would not
  -- be found, and their entries would stay. (A parent that it cannot see is refused by the foreign key, and one that has
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
    '(organization_id, resource_type, identifier, owner_ids, cause, changed_table, token_name, operation, '
    'statement) '
    'select distinct case when everything then -1 else organization_id end, '
    'case when few then resource_type end, case when few then identifier end, case when few then owner_ids end, '
    '''change'', $2, $3, lower($1), $4 from counted '
    'on conflict on constraint routing_cache_eviction_key_unique '
    'do update set (created_at, owner_ids, cause, selection, changed_table, token_name, application_name, '
    'database_user, operation, statement) '
    '= (excluded.created_at, excluded.owner_ids, excluded.cause, null, excluded.changed_table, '
    'excluded.token_name, excluded.application_name, excluded.database_user, excluded.operation, '
    'excluded.statement), '
    'done_at = null, done_on = null, confirmations = null where e.done_at is not null',
    changed_rows, tg_argv[0], case tg_op when 'TRUNCATE' then 0 else 1000 end)
    using tg_op, tg_table_name::text, token, statement;
  return null;
end
$$;

-- Who has changed what. Rows of the API are written by the service, one a document; all others by triggers.

-- As in V1: functions keep this path, temporary tables last.
do $$ begin perform set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true); end $$;

create table audit_log (
  id bigint generated always as identity primary key,
  occurred_at timestamptz not null default clock_timestamp(),
  organization_id bigint, -- no foreign key: the row outlives its organization; null: no single one
  resource text not null,
  resource_id bigint, -- null: many
  action text not null check (action in ('create', 'update', 'delete')),
  row_count bigint, -- null: unknown, as after TRUNCATE
  changes jsonb, -- {"member": {"before": ..., "after": ...}}; null for many rows
  source text not null check (source in ('api', 'sql')),
  token_id bigint,
  token_name text,
  request_id text,
  application_name text,
  database_user text
);

-- Pages of an organization's changes, the newest first; and what is to be deleted.
create index audit_log_organization on audit_log (organization_id, id);
create index audit_log_occurred on audit_log (occurred_at);


-- A row as the log shows it: without what the database assigns, and without secrets. Of these, eight digits of a digest
-- tell that they have changed.
create function routing_audit_document(stored jsonb) returns jsonb
  language sql immutable set search_path from current as
$$
  select stored - array['id', 'version', 'created_at', 'updated_at', 'last_used_at', 'digest', 'signature_secret']
    || case when stored ? 'digest' then jsonb_build_object('digest', left(stored ->> 'digest', 8)) else '{}' end
    || case when stored ->> 'signature_secret' is not null
         then jsonb_build_object('signature_secret',
           left(encode(sha256(convert_to(stored ->> 'signature_secret', 'UTF8')), 'hex'), 8))
         else '{}' end
$$;

-- The members that differ, and null if none does. A missing document has only nulls.
create function routing_audit_changes(before jsonb, after jsonb) returns jsonb
  language sql immutable set search_path from current as
$$
  select jsonb_object_agg(member, jsonb_build_object('before', before -> member, 'after', after -> member))
  from jsonb_object_keys(coalesce(before, '{}') || coalesce(after, '{}')) member
  where nullif(before -> member, 'null') is distinct from nullif(after -> member, 'null')
$$;


-- The trigger of every audited table. Its arguments: the name of the resource, and a query as explained at
-- routing_audit_watch. It runs with its owner's rights, so that writers need none on the log. As with the outbox, nobody
-- else may make triggers of it.
create function routing_audit_record() returns trigger
  language plpgsql security definer set search_path from current as
$$
declare
  old_documents text := 'select null::bigint as id, null::jsonb as document where false';
  new_documents text := old_documents;
  changed_rows text;
  touched bigint;
begin
  -- The service records its own changes. Who may write the log may say so; for anybody else this means nothing.
  if current_setting('routing.audited', true) = 'on'
     and has_table_privilege(session_user, 'audit_log'::regclass, 'insert') then
    return null;
  end if;

  if tg_op = 'TRUNCATE' then
    insert into audit_log (resource, action, source, application_name, database_user)
      values (tg_argv[0], 'delete', 'sql', current_setting('application_name'), session_user);
    return null;
  end if;

  if tg_op <> 'INSERT' then
    select count(*) from (select from old_rows limit 11) some_rows into touched;
    changed_rows := 'table old_rows';
    old_documents := 'select id, routing_audit_document(to_jsonb(r)) as document from old_rows r';
  end if;
  if tg_op <> 'DELETE' then
    select count(*) from (select from new_rows limit 11) some_rows into touched;
    changed_rows := concat_ws(' union all ', changed_rows, 'table new_rows');
    new_documents := 'select id, routing_audit_document(to_jsonb(r)) as document from new_rows r';
  end if;

  if touched = 0 then
    return null;
  elsif touched <= 10 then
    -- A row for each changed one. A parent that has gone in a cascade is not found: its own trigger has recorded it.
    execute format(
      'with changed as (%s), '
      'owners as (select distinct on (row_id) * from (%s) owned (row_id, organization_id, resource_id)), '
      'before as (%s), after as (%s), '
      'pairs as (select id, before.document as old, after.document as new from before full join after using (id)) '
      'insert into audit_log '
      '(organization_id, resource, resource_id, action, row_count, changes, source, application_name, database_user) '
      'select o.organization_id, $1, o.resource_id, '
      'case when old is null then ''create'' when new is null then ''delete'' else ''update'' end, '
      '1, routing_audit_changes(old, new), ''sql'', current_setting(''application_name''), session_user '
      'from pairs join owners o on o.row_id = pairs.id '
      'where routing_audit_changes(old, new) is not null order by pairs.id',
      changed_rows, tg_argv[1], old_documents, new_documents) using tg_argv[0];
  else
    -- A bulk statement: one row for each organization, and if there are more than 100 of them, one for all.
    execute format(
      'with changed as (%s), '
      'counted as (select organization_id, count(distinct row_id) as touched '
      'from (%s) owned (row_id, organization_id, resource_id) group by organization_id), '
      'kept as (select case when count(*) over () <= 100 then organization_id end as organization_id, touched '
      'from counted) '
      'insert into audit_log '
      '(organization_id, resource, action, row_count, source, application_name, database_user) '
      'select organization_id, $1, $2, sum(touched), ''sql'', current_setting(''application_name''), session_user '
      'from kept group by organization_id',
      changed_rows, tg_argv[1])
      using tg_argv[0], case tg_op when 'INSERT' then 'create' when 'UPDATE' then 'update' else 'delete' end;
  end if;
  return null;
end
$$;

revoke execute on function routing_audit_record() from public;


-- Makes every change of a table leave a row in the log:
--
--   select routing_audit_watch('mailboxes', 'mailbox', 'select id, organization_id, id from changed');
--
-- rows_query yields (id of the row, organization, id of the document) for the rows in `changed`.
create function routing_audit_watch(watched regclass, resource text, rows_query text) returns void
  language plpgsql set search_path from current as
$$
declare
  event record;
begin
  -- A mistake in the query shows in the migration, not in somebody's first write.
  execute format(
    'with changed as (table %s) select row_id::bigint, organization_id::bigint, resource_id::bigint '
    'from (%s) owned (row_id, organization_id, resource_id) limit 0', watched, rows_query);
  for event in
    values
      ('insert', 'after', 'referencing new table as new_rows'),
      ('update', 'after', 'referencing old table as old_rows new table as new_rows'),
      ('delete', 'after', 'referencing old table as old_rows'),
      ('truncate', 'before', '')
  loop
    execute format(
      'create trigger routing_audit_%1$s %2$s %1$s on %4$s %3$s '
      'for each statement execute function routing_audit_record(%5$L, %6$L)',
      event.column1, event.column2, event.column3, watched, resource, rows_query);
    -- Also when session_replication_role is "replica", as bulk loads have it.
    execute format('alter table %s enable always trigger routing_audit_%s', watched, event.column1);
  end loop;
end
$$;


select routing_audit_watch('organizations', 'organization', 'select id, id, id from changed');
select routing_audit_watch('extensions', 'extension', 'select id, organization_id, id from changed');
select routing_audit_watch('phone_numbers', 'phone_number', 'select id, organization_id, id from changed');
select routing_audit_watch('routing_overrides', 'override', 'select id, organization_id, id from changed');
select routing_audit_watch('api_tokens', 'token', 'select id, organization_id, id from changed');
select routing_audit_watch('business_hours_schedules', 'business_hours', 'select id, organization_id, id from changed');

select routing_audit_watch('business_hours_schedule_days', 'business_hours', $$
  select changed.id, s.organization_id, s.id
  from changed
  join business_hours_schedules s on s.id = changed.business_hours_schedule_id
$$);

select routing_audit_watch('business_hours_time_ranges', 'business_hours', $$
  select changed.id, s.organization_id, s.id
  from changed
  join business_hours_schedule_days d on d.id = changed.business_hours_schedule_day_id
  join business_hours_schedules s on s.id = d.business_hours_schedule_id
$$);

select routing_audit_watch('business_hours_exceptions', 'business_hours', $$
  select changed.id, s.organization_id, s.id
  from changed
  join business_hours_schedules s on s.id = changed.business_hours_schedule_id
$$);

select routing_audit_watch('business_hours_exception_time_ranges', 'business_hours', $$
  select changed.id, s.organization_id, s.id
  from changed
  join business_hours_exceptions e on e.id = changed.business_hours_exception_id
  join business_hours_schedules s on s.id = e.business_hours_schedule_id
$$);

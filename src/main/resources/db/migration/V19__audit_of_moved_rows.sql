-- A row that SQL moves to another organization is in the logs of both. (The API moves none.)

-- As in V1: functions keep this path, temporary tables last.
do $$ begin perform set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true); end $$;

-- As in V11, where one of the two organizations was chosen, and not always the same.
create or replace function routing_audit_record() returns trigger
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
    -- A row for each changed one, and for each organization and document that it belonged to, before and after. A
    -- parent that has gone in a cascade is not found: its own trigger has recorded it.
    execute format(
      'with changed as (%s), '
      'owners as (select distinct * from (%s) owned (row_id, organization_id, resource_id)), '
      'before as (%s), after as (%s), '
      'pairs as (select id, before.document as old, after.document as new from before full join after using (id)) '
      'insert into audit_log '
      '(organization_id, resource, resource_id, action, row_count, changes, source, application_name, database_user) '
      'select o.organization_id, $1, o.resource_id, '
      'case when old is null then ''create'' when new is null then ''delete'' else ''update'' end, '
      '1, routing_audit_changes(old, new), ''sql'', current_setting(''application_name''), session_user '
      'from pairs join owners o on o.row_id = pairs.id '
      'where routing_audit_changes(old, new) is not null order by pairs.id, o.organization_id, o.resource_id',
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

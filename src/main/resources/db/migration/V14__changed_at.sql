-- How long a document has been unchanged decides how long it may be cached.

-- As in V1: functions keep this path, temporary tables last.
do $$ begin perform set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true); end $$;

-- When a document changed last that shows a row and the overrides of one scope (`routing_current_overrides`): the time of
-- the row, or of the youngest override, whether cleared, over or to come. Creating an override does not touch the row,
-- whose version is the entity tag of the admin API. A deleted override leaves no time.
create function routing_changed_at(row_changed timestamptz, owner bigint, wanted_scope text, scope_id bigint)
  returns timestamptz
  language sql stable set search_path from current as
$$
  select greatest(row_changed, case wanted_scope
    when 'schedule' then (select max(o.updated_at) from routing_overrides o where o.business_hours_schedule_id = scope_id)
    when 'number' then (select max(o.updated_at) from routing_overrides o where o.phone_number_id = scope_id)
    else (
      select max(o.updated_at) from routing_overrides o where o.organization_id = owner and o.scope = 'organization')
  end)
$$;

-- They replace those of V9 for the actions on delete.
create index routing_overrides_schedule_changed on routing_overrides (business_hours_schedule_id, updated_at)
  where business_hours_schedule_id is not null;
create index routing_overrides_number_changed on routing_overrides (phone_number_id, updated_at)
  where phone_number_id is not null;
create index routing_overrides_organization_changed on routing_overrides (organization_id, updated_at)
  where scope = 'organization';
drop index routing_overrides_schedule, routing_overrides_number;

-- `version` and `updated_at` move when session_replication_role is "replica", too, as bulk loads have it. So the eviction
-- triggers of V2 already did.
do $$
declare
  found record;
begin
  for found in
    select tgrelid::regclass as watched, tgname from pg_trigger
    where tgfoid in ('routing_touch_row()'::regprocedure, 'business_hours_touch_schedules()'::regprocedure)
  loop
    execute format('alter table %s enable always trigger %I', found.watched, found.tgname);
  end loop;
end
$$;

-- How long instances keep done rows of the outbox: longer than the TTL of any entry that they store. All of them keep rows
-- as long as the longest of these says, so that neither an instance with a shorter setting, nor one whose setting was
-- lowered, deletes the row of a change that an entry may predate.
create table routing_cache_retention (
  keep_seconds bigint primary key,
  expires_at timestamptz not null -- no entry that was stored with it is left then
);

-- Only what was created in this schema is meant below, and temporary tables come last.
do $$ begin perform set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true); end $$;

-- Parents first, as writers lock them.
--
-- With foreign keys off, as bulk loads have it, an organization may be written after its schedule, or get another id. Until
-- then the schedule's document is not found, since it shows the organization's zone: "no such row" must go, too. An id that
-- an update has moved is there only before or only after it, as an inserted or a deleted one is. Else as in V2.
do $$
declare
  event text;
begin
  foreach event in array array['insert', 'update', 'delete', 'truncate'] loop
    execute format('drop trigger routing_cache_eviction_%s on organizations', event);
  end loop;
end
$$;

select routing_cache_watch('organizations', $$
  select id, 'organization', null from changed
  union all
  select id, 'business_hours', null from changed group by id having count(*) = 1 or count(distinct timezone) > 1
  union all
  select id, null, null from changed where $1 = 'DELETE'
$$);

-- Targets are bounded as names are. What was stored before stays as it is, until its row or one of its nested rows is
-- changed; deleting it is always possible.
alter table business_hours_schedules
  add constraint business_hours_schedules_open_hours_action_target_bounds check (
    deleted_at is not null
    or (char_length(open_hours_action_target) <= 255 and open_hours_action_target !~ '[\u0001-\u001f\u007f-\u009f]')
  ) not valid,
  add constraint business_hours_schedules_closed_hours_action_target_bounds check (
    deleted_at is not null
    or (char_length(closed_hours_action_target) <= 255 and closed_hours_action_target !~ '[\u0001-\u001f\u007f-\u009f]')
  ) not valid;

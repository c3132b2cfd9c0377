-- As in V1: functions keep this path, temporary tables last.
do $$ begin perform set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true); end $$;

-- Targets are bounded as names are. What was stored before stays as it is until its row is changed.
alter table business_hours_schedules
  add constraint business_hours_schedules_open_hours_action_target_bounds check (
    char_length(open_hours_action_target) <= 255 and open_hours_action_target !~ '[\u0001-\u001f\u007f-\u009f]'
  ) not valid,
  add constraint business_hours_schedules_closed_hours_action_target_bounds check (
    char_length(closed_hours_action_target) <= 255 and closed_hours_action_target !~ '[\u0001-\u001f\u007f-\u009f]'
  ) not valid;

-- A bulk load that switches foreign keys off may write an organization after its schedule, whose document is then not
-- found until the organization is there: its "no such row" must go, too. Else as in V2.
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
  select id, 'business_hours', null from changed where $1 = 'INSERT'
  union all
  select id, 'business_hours', null from changed group by id having count(distinct timezone) > 1
  union all
  select id, null, null from changed where $1 = 'DELETE'
$$);

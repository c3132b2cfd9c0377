-- A SIP domain tells the organization of a call, so it is a document of its own.

-- As in V1: functions keep this path, temporary tables last.
do $$ begin perform set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true); end $$;

do $$
declare
  event text;
begin
  foreach event in array array['insert', 'update', 'delete', 'truncate'] loop
    execute format('drop trigger routing_cache_eviction_%s on organizations', event);
  end loop;
end
$$;

-- As in V6, and: a domain that an update has kept is there before and after it; every other one is evicted. Its lookup is
-- to find the organization, so 0 stands in the key.
select routing_cache_watch('organizations', $$
  select id, 'organization', null from changed
  union all
  select 0, 'sip_domain', sip_domain from changed where sip_domain is not null group by id, sip_domain having count(*) = 1
  union all
  select id, 'business_hours', null from changed group by id having count(*) = 1 or count(distinct timezone) > 1
  union all
  select s.organization_id, 'business_hours', s.id::text
  from (select id from changed group by id having count(*) = 1) moved
  join business_hours_schedules s on s.organization_id = moved.id and s.scope = 'number'
  union all
  select 0, 'phone_number_block', null
  from (select id from changed group by id having count(*) = 1) moved
  join phone_numbers p on p.organization_id = moved.id and p.match = 'prefix'
  union all
  select 0, 'phone_number_block', null from changed group by id having count(distinct status) > 1
  union all
  select id, null, null from changed group by id having $1 = 'DELETE' or count(distinct timezone) > 1
$$);

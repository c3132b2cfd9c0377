-- Only what was created in this schema is meant below, and temporary tables come last.
do $$ begin perform set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true); end $$;

-- Parents first, as writers lock them. Writers that do not know these columns get the behaviour they had before. The
-- triggers of V1 and V2 compare whole rows, so that they cover the new columns.

alter table extensions
  -- Do not ring: the call goes to what follows a missed call, or is rejected.
  add column do_not_disturb boolean not null default false,
  -- False: the forward in `configuration` is kept, but not followed.
  add column forward_enabled boolean not null default true;

-- The action of a range or of an exception. Null: the schedule's. Bounds are those of the schedule's actions.
alter table business_hours_time_ranges
  add column action_type text check (
    action_type in ('extension', 'ring_group', 'conference_room', 'ivr_menu', 'voicemail', 'external')
  ),
  add column action_target text check (
    char_length(action_target) between 1 and 255 and action_target !~ '[\u0001-\u001f\u007f-\u009f]'
  ),
  add constraint business_hours_time_ranges_action_complete check ((action_type is null) = (action_target is null));

alter table business_hours_exceptions
  add column action_type text check (
    action_type in ('extension', 'ring_group', 'conference_room', 'ivr_menu', 'voicemail', 'external')
  ),
  add column action_target text check (
    char_length(action_target) between 1 and 255 and action_target !~ '[\u0001-\u001f\u007f-\u009f]'
  ),
  add constraint business_hours_exceptions_action_complete check ((action_type is null) = (action_target is null));

alter table business_hours_exception_time_ranges
  add column action_type text check (
    action_type in ('extension', 'ring_group', 'conference_room', 'ivr_menu', 'voicemail', 'external')
  ),
  add column action_target text check (
    char_length(action_target) between 1 and 255 and action_target !~ '[\u0001-\u001f\u007f-\u009f]'
  ),
  add constraint business_hours_exception_time_ranges_action_complete
    check ((action_type is null) = (action_target is null));

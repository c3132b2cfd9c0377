-- Exceptions of several dates, exceptions that recur, and exceptions that were imported.

-- As in V1: functions keep this path, temporary tables last.
do $$ begin perform set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true); end $$;

-- Whether a date lies in the given week of its month, as in "the fourth Thursday of November".
create function business_hours_in_week_of_month(day date, week text) returns boolean
  language sql immutable set search_path from current as
$$
  select case week
    when 'last' then extract(month from day + 7) <> extract(month from day)
    else (extract(day from day)::int + 6) / 7 = array_position(array['first', 'second', 'third', 'fourth'], week)
  end
$$;

-- Writers that do not know these columns get the behaviour they had before. The triggers of V1 and V6 compare whole rows.
alter table business_hours_exceptions
  -- The last date, if the exception applies to several. At most 366 dates.
  add column end_date date
    constraint business_hours_exceptions_end_date_range check (end_date > date and end_date - date <= 365),
  -- Null: the dates themselves. `yearly`: the same days of each year from then on. `yearly_weekday`: the same weekday of the
  -- same week of the month, such as the fourth Thursday of November, and the days that follow up to the end date.
  add column recurrence text
    constraint business_hours_exceptions_recurrence_values check (recurrence in ('yearly', 'yearly_weekday')),
  add column week_of_month text
    constraint business_hours_exceptions_week_values
      check (week_of_month in ('first', 'second', 'third', 'fourth', 'last')),
  -- `typed`: written through the API or by another application. `imported`: brought by a holiday calendar; counts where no
  -- typed exception applies.
  add column origin text not null default 'typed'
    constraint business_hours_exceptions_origin_values check (origin in ('typed', 'imported')),
  add constraint business_hours_exceptions_week_complete check (
    (recurrence is not distinct from 'yearly_weekday') = (week_of_month is not null)
  ),
  add constraint business_hours_exceptions_date_in_week check (
    week_of_month is null or business_hours_in_week_of_month(date, week_of_month)
  ),
  add constraint business_hours_exceptions_recurring_dates check (
    recurrence is null or date between '0001-01-01' and '9999-12-31'
  ),
  drop constraint business_hours_exceptions_date_unique;

-- Several exceptions may apply to a date: a dated one precedes a yearly one, both precede imported ones, and the shorter
-- precedes the longer. What could not be told apart is refused.
create unique index business_hours_exceptions_date_unique
  on business_hours_exceptions (business_hours_schedule_id, date, end_date, recurrence) nulls not distinct
  where origin = 'typed';
-- Imported rows and the cascade; the schedule's typed rows are found by the index above.
create index business_hours_exceptions_schedule on business_hours_exceptions (business_hours_schedule_id);

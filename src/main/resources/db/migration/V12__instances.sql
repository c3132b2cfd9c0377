-- What each running instance states about itself, once a minute. Relay passes do not read it.
create table routing_instance (
  id uuid primary key,
  host text not null,
  tzdata text not null, -- version of its time zone rules
  seen_at timestamptz not null default now()
);

-- The most asked keys, which are warmed at start and after losses. Each instance adds its own counts once a minute. The
-- tables hold nothing that a decision needs: an empty one costs time, and no answer.

create table routing_cache_hot_key (
  owner_id bigint not null, -- the organization that the document belongs to; 0: no single one
  organization_id bigint not null, -- as in the outbox
  resource_type text not null,
  identifier text,
  -- ln(sum(exp(t / 124650))) over all lookups at the times t, in seconds since 1970: each day halves the weight of
  -- a lookup against later ones, and no row has to be touched for that.
  rank double precision not null,
  asked_at timestamptz not null,
  constraint routing_cache_hot_key_unique unique nulls not distinct (organization_id, resource_type, identifier)
) with (
  fillfactor = 70, -- most updates then touch no index
  autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500
);

create index routing_cache_hot_key_owner on routing_cache_hot_key (owner_id);


-- Which instance may load a cold Redis.
create table routing_cache_warm_lease (
  only_row boolean primary key default true check (only_row),
  holder uuid,
  held_until timestamptz not null default '-infinity'
);

insert into routing_cache_warm_lease default values;

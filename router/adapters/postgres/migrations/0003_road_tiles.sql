-- What road engines said, for a while; it may be emptied at any time.

create table road_tile (
    key     bytea       primary key,                        -- digest of engine, data, profile and spots
    tile    bytea       not null,
    size    integer     not null generated always as (octet_length(tile)) stored,
    made_at timestamptz not null default now(),
    used_at timestamptz not null default now()              -- to the hour or so
);

create index road_tile_used on road_tile (used_at);

alter table road_tile enable row level security, force row level security;

create policy road_tile_of_service on road_tile using (current_setting('selat.tenant', true) = '*');

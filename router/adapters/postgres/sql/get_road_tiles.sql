-- What is remembered and not too old; that it was used is noted once an hour. $1 keys, $2 how long it may be used
with found as (
    select key, tile, used_at from road_tile where key = any ($1::bytea[]) and made_at > now() - $2::interval
),
touched as (
    update road_tile
    set used_at = now()
    from (
        select key from road_tile
        where key in (select key from found where used_at < now() - interval '1 hour')
        for update skip locked
    ) as stale
    where road_tile.key = stale.key
)
select key, tile from found;

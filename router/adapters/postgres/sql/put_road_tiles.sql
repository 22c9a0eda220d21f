-- $1 keys in order, so that two who put the same do not wait for each other; $2 tiles
insert into road_tile (key, tile)
select * from unnest($1::bytea[], $2::bytea[])
on conflict (key) do update set tile = excluded.tile, made_at = now(), used_at = now();

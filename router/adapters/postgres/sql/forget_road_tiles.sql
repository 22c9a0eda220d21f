-- Erases what is too old to be used, and what was not used for longest beyond so many bytes. $1 age, $2 bytes
delete from road_tile
using (
    select key from road_tile
    where key in (
        select key from (
            select key, made_at, sum(size) over (order by used_at desc, key) as bytes_so_far from road_tile
        ) as counted
        where made_at < now() - $1::interval or bytes_so_far > $2::bigint
    )
    for update skip locked
) as forgotten
where road_tile.key = forgotten.key;

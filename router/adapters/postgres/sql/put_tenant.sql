-- $1 id, $2 weight, $3 most plans in work or null, $4 quota or null, $5 its period in seconds or null
insert into tenant (id, weight, max_running, quota, quota_period)
values ($1, $2, $3, $4, coalesce($5::bigint, 86400))
on conflict (id) do update
set weight = excluded.weight,
    max_running = excluded.max_running,
    quota = excluded.quota,
    quota_period = excluded.quota_period;

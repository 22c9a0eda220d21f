-- Newest first, after a position. $1 tenant, $2 created_at and $3 id of the position or null, $4 how many
select id, name, status, error, attempt, cancel_requested, revision, created_at, started_at, finished_at
from plan
where tenant = $1
    and (created_at, id) < (coalesce($2::timestamptz, 'infinity'), coalesce($3::text, ''))
order by created_at desc, id desc
limit $4;

-- As list_plans; $5 status
select id, name, status, error, attempt, cancel_requested, revision, created_at, started_at, finished_at
from plan
where tenant = $1 and status = $5
    and (created_at, id) < (coalesce($2::timestamptz, 'infinity'), coalesce($3::text, ''))
order by created_at desc, id desc
limit $4;

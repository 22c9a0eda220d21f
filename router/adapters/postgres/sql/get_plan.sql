-- $1 tenant, $2 id
select id, name, status, warnings, plan, error, attempt, cancel_requested, revision, created_at, started_at, finished_at
from plan
where tenant = $1 and id = $2;

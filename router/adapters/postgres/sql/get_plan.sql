-- $1 id
select id, name, status, request, warnings, plan, error, attempt, cancel_requested, created_at, started_at, finished_at
from plan
where id = $1;

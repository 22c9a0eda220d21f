-- Plans whose worker died and that are not to be taken up again: cancelling was asked for, or every worker that
-- took them up died. Rows that a worker is just renewing or claiming are skipped. $1 most attempts
with abandoned as materialized (
    select id
    from plan
    where status = 'running' and lease_expires_at < now() and (cancel_requested or attempt >= $1)
    for update skip locked
)
update plan
set status = case when cancel_requested then 'cancelled' else 'failed' end,
    error = case
        when not cancel_requested then format('given up after %s attempts: each time the worker died', attempt)
    end,
    lease = null,
    lease_expires_at = null,
    finished_at = now(),
    revision = revision + 1
from abandoned
where plan.id = abandoned.id;

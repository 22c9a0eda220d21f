-- Takes a plan whose worker died, else the oldest one waiting; rows that others are claiming are skipped.
-- $1 worker, $2 length of the lease, $3 most attempts
with expired as materialized (
    select id
    from plan
    where status = 'running' and lease_expires_at < now() and not cancel_requested and attempt < $3
    order by lease_expires_at
    limit 1
    for update skip locked
),
waiting as materialized (
    select id
    from plan
    where status = 'queued' and not exists (select from expired)
    order by created_at, id
    limit 1
    for update skip locked
),
next as (
    select id from expired
    union all
    select id from waiting
)
update plan
set status = 'running',
    attempt = attempt + 1,
    worker = $1,
    lease = gen_random_uuid(),
    lease_expires_at = now() + $2::interval,
    started_at = coalesce(started_at, now()),
    revision = revision + 1
from next
where plan.id = next.id
returning plan.id, plan.lease::text, plan.request, plan.attempt;

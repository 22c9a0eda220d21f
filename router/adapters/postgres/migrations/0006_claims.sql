-- Whoever takes a plan is told all of it by one statement: what makes it a replan, how long it waited, and which plans
-- were given up on the way.

drop function claim_plan(text, interval, integer);

-- Takes a plan whose worker died, else the one whose turn it is. One claim at a time, so that caps and turns hold
-- exactly; within one call, so that a worker that is cut off in the middle holds no lock. Returns it as its last row,
-- with what belongs to it: whoever calls sees the database as it was before the wait for the lock. Rows without a
-- lease are plans that ended here.
create function claim_plan(claimant text, lease_length interval, most_attempts integer)
    returns table (
        id text, tenant text, status text, lease uuid, request bytea, attempt integer, plan bytea, replan bytea,
        waited interval
    )
    language plpgsql as $$
begin
    perform pg_advisory_xact_lock(x'636c61696d'::bigint); -- 'claim' in ASCII

    -- Plans whose worker died and that are not to be taken up again: cancelling was asked for, or every worker that
    -- took them up died. Rows that a worker is just renewing are skipped.
    return query
    with abandoned as materialized (
        select p.id
        from plan as p
        where p.status = 'running' and p.lease_expires_at < now()
            and (p.cancel_requested or p.attempt >= most_attempts)
        for update skip locked
    )
    update plan as p
    set status = case when p.cancel_requested then 'cancelled' else 'failed' end,
        error = case
            when not p.cancel_requested
            then format('given up after %s attempts: each time the worker died', p.attempt)
        end,
        lease = null,
        lease_expires_at = null,
        finished_at = now(),
        revision = p.revision + 1
    from abandoned
    where p.id = abandoned.id
    returning
        p.id, p.tenant, p.status, null::uuid, null::bytea, p.attempt, null::bytea, null::bytea, null::interval;

    return query
    with expired as materialized (
        select p.id
        from plan as p
        where p.status = 'running' and p.lease_expires_at < now() and not p.cancel_requested
            and p.attempt < most_attempts
        order by p.lease_expires_at
        limit 1
        for update skip locked
    ),
    waiting as materialized (
        select n.id
        from next_of_tenant as n
        where not exists (select from expired)
        order by n.virtual_start, n.created_at, n.id
        limit 1
    ),
    taken as (
        update plan as p
        set status = 'running',
            attempt = p.attempt + 1,
            worker = claimant,
            lease = gen_random_uuid(),
            lease_expires_at = now() + lease_length,
            started_at = coalesce(p.started_at, now()),
            revision = p.revision + 1
        from (select expired.id from expired union all select waiting.id from waiting) as chosen
        where p.id = chosen.id and p.status in ('queued', 'running')
        returning p.*
    ),
    turned as (
        update fair_clock set virtual_time = greatest(virtual_time, virtual_start) from taken
    ),
    served as (
        update tenant as t set served = greatest(t.served, virtual_finish) from taken where t.id = taken.tenant
    )
    select
        taken.id, taken.tenant, taken.status, taken.lease, taken.request, taken.attempt, taken.plan,
        (select r.document from replan as r where r.plan_id = taken.id),
        case when taken.started_at = now() then greatest(clock_timestamp() - taken.created_at, interval '0') end
    from taken;
end
$$;

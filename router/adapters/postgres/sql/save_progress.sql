-- Only under the lease in force; keeps the last $5 events of progress. $1 id, $2 lease, $3 plan, $4 progress
with saved as (
    update plan
    set plan = $3, revision = revision + 1
    where id = $1 and status = 'running' and lease = $2
    returning id, tenant, revision
),
told as (
    insert into plan_event (plan_id, seq, tenant, kind, data)
    select id, revision, tenant, 'progress', $4::json from saved
),
forgotten as (
    delete from plan_event
    using saved
    where plan_id = saved.id and kind = 'progress' and seq <= saved.revision - $5::bigint
)
select id from saved;

-- Takes the news that have been due longest; a courier who dies loses them after $1.
with due as materialized (
    select id
    from webhook_delivery
    where due_at <= now()
    order by due_at
    limit 1
    for update skip locked
),
taken as (
    update webhook_delivery as d
    set attempt = d.attempt + 1, token = gen_random_uuid(), due_at = now() + $1::interval
    from due
    where d.id = due.id
    returning d.*
)
select taken.id, taken.token::text, taken.tenant as tenant_id, taken.plan_id, taken.attempt,
    plan.status, plan.finished_at, plan.webhook_url as url, tenant.webhook_secret as secret
from taken
join plan on plan.id = taken.plan_id
join tenant on tenant.id = taken.tenant;

-- $1 worker, $2 length of the lease, $3 most attempts
select
    id, tenant, lease::text, request, attempt, plan,
    (select document from replan where replan.plan_id = claimed.id) as replan
from claim_plan($1, $2, $3) as claimed;

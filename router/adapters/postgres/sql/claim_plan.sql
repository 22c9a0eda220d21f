-- $1 worker, $2 length of the lease, $3 most attempts
select id, tenant, status, lease::text, request, attempt, plan, replan, waited
from claim_plan($1, $2, $3);

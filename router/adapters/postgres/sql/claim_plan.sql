-- $1 worker, $2 length of the lease, $3 most attempts
select id, tenant, lease::text, request, attempt, plan from claim_plan($1, $2, $3);

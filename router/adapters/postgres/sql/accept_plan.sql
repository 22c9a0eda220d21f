-- $1 tenant, $2 id, $3 name, $4 request, $5 warnings, $6 created_at, $7 work, $8 idempotency key or null,
-- $9 its digest or null, $10 webhook or null
select verdict, plan_id, quota, remaining, reset, quota_period
from accept_plan($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

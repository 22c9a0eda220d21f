-- $1 tenant, $2 plan
select document from replan where tenant = $1 and plan_id = $2;

-- What is left of a tenant's quota in the period that is. $1 tenant
select quota,
    greatest(quota - case when period = seconds / quota_period then used else 0 end, 0) as remaining,
    quota_period - seconds % quota_period as reset,
    quota_period
from tenant, lateral (select floor(extract(epoch from now()))::bigint as seconds) as clock
where id = $1 and quota is not null;

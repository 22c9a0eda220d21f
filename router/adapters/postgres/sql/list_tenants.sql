-- $1 the tenant of the service's own plans, which is nobody's
select id, weight, max_running, quota, quota_period from tenant where id <> $1 order by id;

select id, weight, max_running, quota, quota_period from tenant order by id;

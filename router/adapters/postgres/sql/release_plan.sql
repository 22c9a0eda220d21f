-- Hands a running plan back, to be taken up at once by anybody; the lease that did it is void.
-- $1 id, $2 lease, $3 whether the attempt counts
update plan
set lease = gen_random_uuid(),
    lease_expires_at = now(),
    attempt = attempt - case when $3 then 0 else 1 end,
    revision = revision + 1
where id = $1 and status = 'running' and lease = $2
returning id;

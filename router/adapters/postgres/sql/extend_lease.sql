-- Only under the lease in force. $1 id, $2 lease, $3 length of the lease
update plan
set lease_expires_at = now() + $3::interval
where id = $1 and status = 'running' and lease = $2
returning cancel_requested;

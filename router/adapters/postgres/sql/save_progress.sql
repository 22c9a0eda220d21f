-- Only under the lease in force. $1 id, $2 lease, $3 plan
update plan
set plan = $3, revision = revision + 1
where id = $1 and status = 'running' and lease = $2
returning id;

-- Only under the lease in force, so that a worker that was thought dead changes nothing when it wakes.
-- Without a new plan the best so far stays. $1 id, $2 lease, $3 status, $4 plan or null, $5 error or null,
-- $6 more warnings, a JSON array, or null
update plan
set status = $3,
    plan = coalesce($4, plan),
    error = $5,
    warnings = case
        when $6::text is null then warnings
        else convert_to((coalesce(convert_from(warnings, 'UTF8'), '[]')::jsonb || $6::jsonb)::text, 'UTF8')
    end,
    lease = null,
    lease_expires_at = null,
    finished_at = now(),
    revision = revision + 1
where id = $1 and status = 'running' and lease = $2
returning id;

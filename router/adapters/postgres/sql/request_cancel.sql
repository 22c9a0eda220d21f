-- A waiting plan ends at once; a running one is asked to end; an ended one stays as it is. $1 tenant, $2 id
update plan
set status = case status when 'queued' then 'cancelled' else status end,
    finished_at = case status when 'queued' then now() else finished_at end,
    cancel_requested = true,
    revision = revision + 1
where tenant = $1 and id = $2 and status in ('queued', 'running') and not cancel_requested
returning status;

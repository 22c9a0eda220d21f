-- $1 tenant, $2 id
select id, name, status, warnings, plan, error, attempt, cancel_requested, revision, created_at, started_at, finished_at,
    (
        select json_agg(json_build_object('name', used.name, 'version', used.version, 'sha256', used.sha256) order by position)
        from plan_timetable as used
        where used.plan_id = plan.id
    ) as timetables
from plan
where tenant = $1 and id = $2;

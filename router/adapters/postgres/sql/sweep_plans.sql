-- Some of the plans that ended before a moment; not all at once, since others may wait for them. $1 how long ago
with old as materialized (
    select id from plan where finished_at < now() - $1::interval order by finished_at limit 100 for update skip locked
)
delete from plan using old where plan.id = old.id returning plan.id;

-- $1 tenant, $2 id, $3 name, $4 request, $5 warnings, $6 created_at, $7 work, $8 idempotency key or null,
-- $9 its digest or null, $10 webhook or null; $11 names, $12 versions and $13 SHA-256 of its timetables;
-- $14 what makes it a replan, or null
with accepted as materialized (
    select * from accept_plan($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
),
used as (
    insert into plan_timetable (plan_id, tenant, name, version, sha256, position)
    select $2, $1, used.*
    from accepted, unnest($11::text[], $12::integer[], $13::text[]) with ordinality as used
    where accepted.verdict = 'accepted'
),
changed as (
    insert into replan (plan_id, tenant, document)
    select $2, $1, $14::bytea
    from accepted
    where accepted.verdict = 'accepted' and $14::bytea is not null
)
select verdict, plan_id, quota, remaining, reset, quota_period from accepted;

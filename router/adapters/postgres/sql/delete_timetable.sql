-- Versions that plans were made with stay. $1 tenant, $2 name
with gone as (
    update timetable_version set newest = false where tenant = $1 and name = $2 and newest returning tenant, name, version
)
select tenant, name, version from gone;

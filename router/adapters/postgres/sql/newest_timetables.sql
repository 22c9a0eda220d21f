-- $1 tenant, $2 names
select name, version, document, sha256 from timetable_version where tenant = $1 and name = any ($2::text[]) and newest;

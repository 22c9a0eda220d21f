-- $1 tenant
select name, version, title, ports, lines, sha256, stored_at
from timetable_version
where tenant = $1 and newest
order by name;

-- The newest version, or another. $1 tenant, $2 name, $3 version or null
select name, version, title, ports, lines, document, sha256, warnings, stored_at
from timetable_version
where tenant = $1 and name = $2 and case when $3::integer is null then newest else version = $3 end;

-- $1 tenant, $2 name, $3 the last version
select forget_timetables($1, $2, $3);

-- $1 tenant, $2 name, $3 title, $4 ports, $5 lines, $6 document, $7 its SHA-256, $8 warnings, $9 most timetables of a
-- tenant, $10 versions kept
select verdict, new_version, new_stored_at from put_timetable($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

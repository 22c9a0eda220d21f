-- $1 id, $2 name, $3 request, $4 warnings or null, $5 created_at
insert into plan (id, name, request, warnings, created_at) values ($1, $2, $3, $4, $5);

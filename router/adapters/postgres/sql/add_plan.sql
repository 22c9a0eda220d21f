-- $1 id, $2 name, $3 request, $4 created_at
insert into plan (id, name, request, created_at) values ($1, $2, $3, $4);

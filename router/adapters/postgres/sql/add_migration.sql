-- $1 version, $2 name
insert into migration (version, name) values ($1, $2);

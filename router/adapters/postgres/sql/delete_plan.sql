-- $1 tenant, $2 id
delete from plan where tenant = $1 and id = $2 returning id;

-- $1 tenant, $2 id
select request from plan where tenant = $1 and id = $2;

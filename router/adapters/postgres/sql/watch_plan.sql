-- What has to be looked at to see whether anything changed. $1 tenant, $2 id
select status, revision from plan where tenant = $1 and id = $2;

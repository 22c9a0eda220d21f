-- What has to be looked at to see whether anything changed. $1 id
select status, revision from plan where id = $1;

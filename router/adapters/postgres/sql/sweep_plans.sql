-- Some of the plans that ended before a moment. $1 how long ago, $2 how many at most
delete from plan
where id in (select id from plan where finished_at < now() - $1::interval order by finished_at limit $2)
returning id;

-- $1 tenant, $2 plan, $3 the last event seen
select seq, kind, data::text as data from plan_event where tenant = $1 and plan_id = $2 and seq > $3 order by seq;

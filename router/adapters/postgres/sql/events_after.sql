-- One row for each event after one, or one without an event; none where there is no such plan.
-- $1 tenant, $2 plan, $3 the last event seen
select plan.finished_at is not null as ended, event.seq, event.kind, event.data::text as data
from plan
left join plan_event as event on event.plan_id = plan.id and event.tenant = plan.tenant and event.seq > $3
where plan.tenant = $1 and plan.id = $2
order by event.seq;

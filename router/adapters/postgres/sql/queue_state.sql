-- How much there is to do, for all tenants but one; ages in seconds. $1 that one: it is the service's own
select
    (select count(*) from plan where status = 'queued' and tenant <> $1) as queued,
    (select count(*) from plan where status = 'running' and tenant <> $1) as running,
    (
        select greatest(extract(epoch from now() - min(created_at)), 0)::double precision
        from plan
        where status = 'queued' and tenant <> $1
    ) as oldest_seconds,
    (select count(*) from webhook_delivery where due_at is not null) as undelivered;

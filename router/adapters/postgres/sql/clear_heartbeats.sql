-- Lets the tenant of the service's own plans in, and erases what is left of old ones. $1 tenant, $2 how old
with admitted as (
    insert into tenant (id) values ($1) on conflict do nothing
)
delete from plan where tenant = $1 and created_at < now() - $2::interval;

-- Superusers, and accounts with BYPASSRLS, are above row-level security. Where such a one migrates, it makes a role
-- that is not, for the service to act as; for an ordinary owner the policies hold, and nothing is made.
do $$
begin
    if not (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) then
        return;
    end if;
    begin
        create role selat_service nologin;
    exception
        when duplicate_object or unique_violation then null; -- roles are shared by all databases of a server
    end;
    execute format('grant selat_service to %I', current_user);
    execute format('grant usage on schema %I to selat_service', current_schema());
    grant select on migration, next_of_tenant to selat_service;
    grant select, insert, update, delete
        on tenant, api_key, fair_clock, plan, plan_event, webhook_delivery, road_tile, timetable_version, plan_timetable,
            replan
        to selat_service;
end
$$;

-- What is kept of a plan that changes another, beside its request.

create table replan (
    plan_id  text  primary key references plan on delete cascade,
    tenant   text  not null,
    document bytea not null                                 -- the plan that was changed, when, and what has changed
);

alter table replan enable row level security, force row level security;

create policy replan_of_tenant on replan
    using (case current_setting('selat.tenant', true) when '*' then true else current_setting('selat.tenant', true) = tenant end);

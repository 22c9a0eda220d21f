-- Tenants, their keys, quotas and turns; what happened to plans; the news for webhooks.

create table tenant (
    id             text             primary key,
    weight         double precision not null default 1,     -- its share where tenants compete
    max_running    integer,                                 -- most plans in work at once; null: no cap
    quota          bigint,                                  -- stops x seconds per period; null: no quota
    quota_period   bigint           not null default 86400, -- seconds
    period         bigint           not null default 0,     -- the last one in which it handed something in, since 1970
    used           bigint           not null default 0,     -- stops x seconds handed in during that period
    served         double precision not null default 0,     -- virtual finish of its last plan that a worker took up
    webhook_secret bytea            not null
        default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'),
    created_at     timestamptz      not null default now(),

    constraint tenant_named check (id ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
    constraint tenant_bounded check (weight > 0 and max_running > 0 and quota > 0 and quota_period > 0)
);

insert into tenant (id) select 'local' union select tenant from plan;

create table api_key (
    id         text        primary key,
    tenant     text        not null references tenant,
    digest     bytea       not null unique,                 -- SHA-256 of the key, which is kept nowhere
    scopes     text[]      not null,
    label      text        not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);

-- How far the turns of the tenants have come: the virtual start of the last plan that a worker took up. One row.
create table fair_clock (
    only_row     boolean          primary key default true check (only_row),
    virtual_time double precision not null default 0
);

insert into fair_clock default values;

alter table plan
    alter column tenant drop default,
    alter column revision set default 1,
    add column work               bigint           not null default 1, -- stops x seconds of its time limit
    add column virtual_start      double precision not null default 0, -- start-time fair queueing: its turn,
    add column virtual_finish     double precision not null default 0, -- and the earliest turn of its tenant's next
    add column idempotency_key    text,
    add column idempotency_digest bytea,
    add column webhook_url        text,
    add constraint plan_of_tenant foreign key (tenant) references tenant,
    add constraint plan_idempotency_whole check ((idempotency_key is null) = (idempotency_digest is null)),
    add constraint plan_idempotency_once unique (tenant, idempotency_key);

-- Plans that wait already keep their order.
update plan
set revision = revision + 1,
    virtual_start = turn.number - 1,
    virtual_finish = turn.number
from (select id, row_number() over (order by created_at, id) as number from plan) as turn
where plan.id = turn.id;

drop index plan_waiting;
create index plan_waiting on plan (tenant, virtual_start, created_at, id) where status = 'queued';
create index plan_listed on plan (tenant, created_at desc, id desc);
create index plan_listed_by_status on plan (tenant, status, created_at desc, id desc);
create index plan_ended on plan (finished_at) where finished_at is not null;

-- What happened to a plan. The number of an event is the revision of the plan that it led to.
create table plan_event (
    plan_id text   not null references plan on delete cascade,
    seq     bigint not null,
    tenant  text   not null,
    kind    text   not null,
    data    json   not null,

    primary key (plan_id, seq),
    constraint plan_event_kind_known check (kind in ('status', 'progress', 'done'))
);

-- News of ended plans for webhooks. What was received is deleted; what was given up has no time at which it is due.
create table webhook_delivery (
    id      text        primary key default 'msg_' || replace(gen_random_uuid()::text, '-', ''),
    plan_id text        not null references plan on delete cascade,
    tenant  text        not null,
    attempt integer     not null default 0,
    due_at  timestamptz          default now(),
    token   uuid,                                            -- the right of the courier who has it
    failure text                                             -- why it was given up
);

create index webhook_due on webhook_delivery (due_at) where due_at is not null;
create index webhook_of_plan on webhook_delivery (plan_id);

-- Every change of status and every attempt is an event; the end of a plan is news for its webhook.
create function plan_keep_events() returns trigger language plpgsql as $$
begin
    insert into plan_event (plan_id, seq, tenant, kind, data)
    values (
        new.id, new.revision, new.tenant,
        case when new.finished_at is null then 'status' else 'done' end,
        json_strip_nulls(json_build_object('status', new.status, 'attempt', new.attempt, 'error', new.error))
    );
    if new.finished_at is not null and new.webhook_url is not null then
        insert into webhook_delivery (plan_id, tenant) values (new.id, new.tenant);
        perform pg_notify('selat_plan', 'webhook');
    end if;
    return null;
end
$$;

create trigger plan_keep_first_event
    after insert on plan
    for each row execute function plan_keep_events();

create trigger plan_keep_events
    after update of status, attempt on plan
    for each row when (old.status is distinct from new.status or old.attempt < new.attempt)
    execute function plan_keep_events();

-- Plans from before have one event: how they stand.
insert into plan_event (plan_id, seq, tenant, kind, data)
select id, revision, tenant, case when finished_at is null then 'status' else 'done' end,
       json_strip_nulls(json_build_object('status', status, 'attempt', attempt, 'error', error))
from plan;

-- Listeners are told of new plans and of every new revision: '<status> <id>', with 'released' where it was handed
-- back, and 'deleted' where it is gone.
create or replace function plan_tell_listeners() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        perform pg_notify('selat_plan', 'deleted ' || old.id);
    elsif new.lease_expires_at <= now() then
        perform pg_notify('selat_plan', 'released ' || new.status || ' ' || new.id);
    else
        perform pg_notify('selat_plan', new.status || ' ' || new.id);
    end if;
    return null;
end
$$;

create trigger plan_tell_of_deletion
    after delete on plan
    for each row execute function plan_tell_listeners();

create function api_key_tell_listeners() returns trigger language plpgsql as $$
begin
    perform pg_notify('selat_plan', 'keys');
    return null;
end
$$;

create trigger api_key_tell_listeners
    after insert or update or delete on api_key
    for each statement execute function api_key_tell_listeners();

-- The first waiting plan of every tenant that may have one more in work.
create view next_of_tenant with (security_invoker = true) as
select head.id, head.virtual_start, head.created_at
from tenant
cross join lateral (
    select id, virtual_start, created_at
    from plan
    where plan.tenant = tenant.id and status = 'queued'
    order by virtual_start, created_at, id
    limit 1
) as head
where tenant.max_running is null
    or tenant.max_running > (select count(*) from plan where plan.tenant = tenant.id and status = 'running');

-- Keeps a new plan, all or nothing, within one call: a caller that is cut off in the middle holds no lock.
-- The verdict is accepted, replayed, mismatch, in_flight, quota_exceeded or unknown_tenant.
create function accept_plan(
    of_tenant text, new_id text, new_name text, new_request bytea, new_warnings bytea, new_created_at timestamptz,
    new_work bigint, new_key text, new_digest bytea, new_webhook_url text,
    out verdict text, out plan_id text, out quota bigint, out remaining bigint, out reset bigint, out quota_period bigint
) language plpgsql as $$
declare
    house      tenant;
    key_digest bytea;
    seconds    bigint := floor(extract(epoch from now()));
    turn       double precision;
begin
    if new_key is not null then
        if not pg_try_advisory_xact_lock(hashtextextended(of_tenant || ' ' || new_key, 0)) then
            verdict := 'in_flight';
            return;
        end if;
        update plan
        set idempotency_key = null, idempotency_digest = null
        where tenant = of_tenant and idempotency_key = new_key and created_at < now() - interval '24 hours';
    end if;

    select * into house from tenant where tenant.id = of_tenant for update;
    if not found then
        verdict := 'unknown_tenant';
        return;
    end if;
    quota := house.quota;
    quota_period := house.quota_period;
    reset := quota_period - seconds % quota_period;
    if house.period <> seconds / quota_period then
        house.used := 0;
    end if;
    if quota is not null then
        remaining := greatest(quota - house.used, 0);
    end if;

    select id, idempotency_digest into plan_id, key_digest
    from plan
    where tenant = of_tenant and idempotency_key = new_key;
    if found then
        verdict := case when key_digest = new_digest then 'replayed' else 'mismatch' end;
        return;
    end if;
    if new_work > remaining then
        verdict := 'quota_exceeded';
        return;
    end if;

    -- Start-time fair queueing (Goyal, Vin, Cheng, 1996): it starts where the service stands, but not before the end
    -- of what its tenant has handed in already. What was cancelled while it waited does not count.
    select greatest(virtual_time, house.served) into turn from fair_clock;
    turn := greatest(turn, (
        select virtual_finish
        from plan
        where tenant = of_tenant and status = 'queued'
        order by virtual_start desc
        limit 1
    ));
    insert into plan (
        id, tenant, name, request, warnings, created_at, work, virtual_start, virtual_finish,
        idempotency_key, idempotency_digest, webhook_url
    )
    values (
        new_id, of_tenant, new_name, new_request, new_warnings, new_created_at, new_work, turn,
        turn + new_work / house.weight, new_key, new_digest, new_webhook_url
    );
    update tenant set period = seconds / tenant.quota_period, used = house.used + new_work where id = of_tenant;
    remaining := remaining - new_work;
    verdict := 'accepted';
    plan_id := new_id;
end
$$;

-- Takes a plan whose worker died, else the one whose turn it is. One claim at a time, so that caps and turns hold
-- exactly; within one call, so that a worker that is cut off in the middle holds no lock.
create function claim_plan(claimant text, lease_length interval, most_attempts integer)
    returns table (id text, tenant text, lease uuid, request bytea, attempt integer, plan bytea)
    language plpgsql as $$
begin
    perform pg_advisory_xact_lock(x'636c61696d'::bigint); -- 'claim' in ASCII

    -- Plans whose worker died and that are not to be taken up again: cancelling was asked for, or every worker that
    -- took them up died. Rows that a worker is just renewing are skipped.
    with abandoned as materialized (
        select p.id
        from plan as p
        where p.status = 'running' and p.lease_expires_at < now()
            and (p.cancel_requested or p.attempt >= most_attempts)
        for update skip locked
    )
    update plan as p
    set status = case when p.cancel_requested then 'cancelled' else 'failed' end,
        error = case
            when not p.cancel_requested
            then format('given up after %s attempts: each time the worker died', p.attempt)
        end,
        lease = null,
        lease_expires_at = null,
        finished_at = now(),
        revision = p.revision + 1
    from abandoned
    where p.id = abandoned.id;

    return query
    with expired as materialized (
        select p.id
        from plan as p
        where p.status = 'running' and p.lease_expires_at < now() and not p.cancel_requested
            and p.attempt < most_attempts
        order by p.lease_expires_at
        limit 1
        for update skip locked
    ),
    waiting as materialized (
        select n.id
        from next_of_tenant as n
        where not exists (select from expired)
        order by n.virtual_start, n.created_at, n.id
        limit 1
    ),
    taken as (
        update plan as p
        set status = 'running',
            attempt = p.attempt + 1,
            worker = claimant,
            lease = gen_random_uuid(),
            lease_expires_at = now() + lease_length,
            started_at = coalesce(p.started_at, now()),
            revision = p.revision + 1
        from (select expired.id from expired union all select waiting.id from waiting) as chosen
        where p.id = chosen.id and p.status in ('queued', 'running')
        returning p.*
    ),
    turned as (
        update fair_clock set virtual_time = greatest(virtual_time, virtual_start) from taken
    ),
    served as (
        update tenant as t set served = greatest(t.served, virtual_finish) from taken where t.id = taken.tenant
    )
    select taken.id, taken.tenant, taken.lease, taken.request, taken.attempt, taken.plan from taken;
end
$$;

-- The second wall between tenants: a connection sees the rows of the tenant in `selat.tenant`, all rows where that
-- is '*', and none where it is not set. The owner of the tables is bound too.
alter table tenant enable row level security, force row level security;
alter table api_key enable row level security, force row level security;
alter table plan enable row level security, force row level security;
alter table plan_event enable row level security, force row level security;
alter table webhook_delivery enable row level security, force row level security;

-- (Written as a case, since the planner takes "in (tenant, '*')" for so rare that it leaves the lists' indexes aside.)
create policy tenant_itself on tenant
    using (case current_setting('selat.tenant', true) when '*' then true else current_setting('selat.tenant', true) = id end);
create policy plan_of_tenant on plan
    using (case current_setting('selat.tenant', true) when '*' then true else current_setting('selat.tenant', true) = tenant end);
create policy plan_event_of_tenant on plan_event
    using (case current_setting('selat.tenant', true) when '*' then true else current_setting('selat.tenant', true) = tenant end);
create policy webhook_delivery_of_tenant on webhook_delivery
    using (case current_setting('selat.tenant', true) when '*' then true else current_setting('selat.tenant', true) = tenant end);
create policy api_key_of_service on api_key using (current_setting('selat.tenant', true) = '*');

-- The whole schema as it is now, to be read. A test proves that the migrations lead to the same.

-- Which migrations have been applied.
create table migration (
    version    integer     primary key,
    name       text        not null,
    applied_at timestamptz not null default now()
);

-- Tenants, and how much of their quota and of their turns they have used.
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

-- That of everybody, as long as there are no keys.
insert into tenant (id) values ('local');

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

-- Plans: what was asked, how far it is, what came out. One row per plan; the rows still to be done are the queue.
create table plan (
    id               text        primary key,
    tenant           text        not null,
    name             text        not null,
    status           text        not null default 'queued',
    request          bytea       not null,                  -- the body, byte for byte as accepted
    warnings         bytea,                                 -- what was odd about it, as answers tell it
    plan             bytea,                                 -- the best so far, later the final one
    error            text,
    attempt          integer     not null default 0,        -- how often a worker took it up
    worker           text,                                  -- who took it up last, for people
    lease            uuid,                                  -- the right of that worker, for this attempt
    lease_expires_at timestamptz,
    cancel_requested boolean     not null default false,
    revision         bigint      not null default 1,        -- rises with every change that others should see
    created_at       timestamptz not null,
    started_at       timestamptz,
    finished_at      timestamptz,
    work             bigint           not null default 1,   -- stops x seconds of its time limit
    virtual_start    double precision not null default 0,   -- start-time fair queueing: its turn,
    virtual_finish   double precision not null default 0,   -- and the earliest turn of its tenant's next
    idempotency_key    text,
    idempotency_digest bytea,
    webhook_url      text,

    constraint plan_of_tenant foreign key (tenant) references tenant,
    constraint plan_idempotency_whole check ((idempotency_key is null) = (idempotency_digest is null)),
    constraint plan_idempotency_once unique (tenant, idempotency_key),
    constraint plan_status_known check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    constraint plan_leased_while_running
        check ((status = 'running') = (lease is not null and lease_expires_at is not null)),
    constraint plan_finished_when_ended
        check ((status in ('succeeded', 'failed', 'cancelled')) = (finished_at is not null))
);

-- The two ends of the queue: the next plan of each tenant, and the plans whose worker may have died.
create index plan_waiting on plan (tenant, virtual_start, created_at, id) where status = 'queued';
create index plan_leased on plan (lease_expires_at) where status = 'running';

-- Lists, newest first, and what is to be swept.
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

-- Timetables of tenants, in versions.
create table timetable_version (
    tenant    text        not null references tenant,
    name      text        not null,
    version   integer     not null,                         -- counts from 1
    newest    boolean     not null default true,            -- what the name stands for; none: it was deleted
    title     text        not null,
    ports     integer     not null,
    lines     integer     not null,
    document  bytea       not null,
    sha256    text        not null,                         -- of the document, in hexadecimal digits
    warnings  bytea       not null,                         -- what was odd about what was stored
    stored_at timestamptz not null default now(),

    primary key (tenant, name, version)
);

create unique index timetable_newest on timetable_version (tenant, name) where newest;

-- Which timetables a plan was made with. One without a version comes with the package.
create table plan_timetable (
    plan_id  text    not null references plan on delete cascade,
    position integer not null,
    tenant   text    not null,
    name     text    not null,
    version  integer,
    sha256   text    not null,

    primary key (plan_id, position),
    constraint plan_timetable_version foreign key (tenant, name, version) references timetable_version
);

create index plan_timetable_of_version on plan_timetable (tenant, name, version);

-- What is kept of a plan that changes another, beside its request.
create table replan (
    plan_id  text  primary key references plan on delete cascade,
    tenant   text  not null,
    document bytea not null                                 -- the plan that was changed, when, and what has changed
);

-- What road engines said, for a while; it may be emptied at any time.
create table road_tile (
    key     bytea       primary key,                        -- digest of engine, data, profile and spots
    tile    bytea       not null,
    size    integer     not null generated always as (octet_length(tile)) stored,
    made_at timestamptz not null default now(),
    used_at timestamptz not null default now()              -- to the hour or so
);

create index road_tile_used on road_tile (used_at);

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

-- A status moves forward only: queued -> running -> an end. A running plan may be taken up again.
create function plan_status_moves_forward() returns trigger language plpgsql as $$
begin
    if (old.status, new.status) in (
        ('queued', 'running'), ('queued', 'cancelled'),
        ('running', 'succeeded'), ('running', 'failed'), ('running', 'cancelled')
    ) then
        return new;
    end if;
    raise exception 'plan % cannot go from % to %', old.id, old.status, new.status
        using errcode = 'check_violation';
end
$$;

create trigger plan_status_moves_forward
    before update of status on plan
    for each row when (old.status is distinct from new.status)
    execute function plan_status_moves_forward();

-- Listeners are told of new plans and of every new revision: '<status> <id>', with 'released' where it was handed
-- back, and 'deleted' where it is gone.
create function plan_tell_listeners() returns trigger language plpgsql as $$
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

create trigger plan_tell_listeners
    after insert or update of revision on plan
    for each row execute function plan_tell_listeners();

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
-- exactly; within one call, so that a worker that is cut off in the middle holds no lock. Returns it as its last row,
-- with what belongs to it: whoever calls sees the database as it was before the wait for the lock. Rows without a
-- lease are plans that ended here.
create function claim_plan(claimant text, lease_length interval, most_attempts integer)
    returns table (
        id text, tenant text, status text, lease uuid, request bytea, attempt integer, plan bytea, replan bytea,
        waited interval
    )
    language plpgsql as $$
begin
    perform pg_advisory_xact_lock(x'636c61696d'::bigint); -- 'claim' in ASCII

    -- Plans whose worker died and that are not to be taken up again: cancelling was asked for, or every worker that
    -- took them up died. Rows that a worker is just renewing are skipped.
    return query
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
    where p.id = abandoned.id
    returning
        p.id, p.tenant, p.status, null::uuid, null::bytea, p.attempt, null::bytea, null::bytea, null::interval;

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
    select
        taken.id, taken.tenant, taken.status, taken.lease, taken.request, taken.attempt, taken.plan,
        (select r.document from replan as r where r.plan_id = taken.id),
        case when taken.started_at = now() then greatest(clock_timestamp() - taken.created_at, interval '0') end
    from taken;
end
$$;

-- Keeps a new version and forgets old ones that no plan was made with. The verdict is stored, too_many or unknown_tenant.
create function put_timetable(
    of_tenant text, of_name text, new_title text, new_ports integer, new_lines integer, new_document bytea,
    new_sha256 text, new_warnings bytea, most_timetables integer, versions_kept integer,
    out verdict text, out new_version integer, out new_stored_at timestamptz
) language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('timetables of ' || of_tenant, 0));
    if not exists (select from tenant where id = of_tenant) then
        verdict := 'unknown_tenant';
        return;
    end if;
    if (select count(*) from timetable_version where tenant = of_tenant and newest and name <> of_name) >= most_timetables
    then
        verdict := 'too_many';
        return;
    end if;
    select coalesce(max(version), 0) + 1 into new_version
    from timetable_version
    where tenant = of_tenant and name = of_name;
    update timetable_version set newest = false where tenant = of_tenant and name = of_name and newest;
    insert into timetable_version (tenant, name, version, title, ports, lines, document, sha256, warnings)
    values (of_tenant, of_name, new_version, new_title, new_ports, new_lines, new_document, new_sha256, new_warnings)
    returning stored_at into new_stored_at;
    perform forget_timetables(of_tenant, of_name, new_version - versions_kept);
    verdict := 'stored';
end
$$;

-- Forgets the versions of a timetable up to one, but for those that a plan was made with.
create function forget_timetables(of_tenant text, of_name text, up_to integer) returns void language plpgsql as $$
begin
    delete from timetable_version as v
    where v.tenant = of_tenant and v.name = of_name and v.version <= up_to and not v.newest
        and not exists (
            select from plan_timetable as p
            where p.tenant = v.tenant and p.name = v.name and p.version = v.version
        );
exception
    when foreign_key_violation then null; -- a plan is being made with one of them right now: they are forgotten later
end
$$;

-- Where the last plan that was made with a deleted timetable goes, so does its version.
create function plan_timetable_forget() returns trigger language plpgsql as $$
begin
    if not exists (select from timetable_version where tenant = old.tenant and name = old.name and newest) then
        perform forget_timetables(old.tenant, old.name, old.version);
    end if;
    return null;
end
$$;

create trigger plan_timetable_forget
    after delete on plan_timetable
    for each row when (old.version is not null)
    execute function plan_timetable_forget();

-- The second wall between tenants: a connection sees the rows of the tenant in `selat.tenant`, all rows where that
-- is '*', and none where it is not set. The owner of the tables is bound too.
alter table tenant enable row level security, force row level security;
alter table api_key enable row level security, force row level security;
alter table plan enable row level security, force row level security;
alter table plan_event enable row level security, force row level security;
alter table webhook_delivery enable row level security, force row level security;
alter table road_tile enable row level security, force row level security;
alter table timetable_version enable row level security, force row level security;
alter table plan_timetable enable row level security, force row level security;
alter table replan enable row level security, force row level security;

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
create policy road_tile_of_service on road_tile using (current_setting('selat.tenant', true) = '*');
create policy timetable_version_of_tenant on timetable_version
    using (case current_setting('selat.tenant', true) when '*' then true else current_setting('selat.tenant', true) = tenant end);
create policy plan_timetable_of_tenant on plan_timetable
    using (case current_setting('selat.tenant', true) when '*' then true else current_setting('selat.tenant', true) = tenant end);
create policy replan_of_tenant on replan
    using (case current_setting('selat.tenant', true) when '*' then true else current_setting('selat.tenant', true) = tenant end);

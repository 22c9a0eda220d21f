-- Plans: what was asked, how far it is, what came out. One row per plan; the rows still to be done are the queue.
create table plan (
    id               text        primary key,
    tenant           text        not null default 'local',
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
    revision         bigint      not null default 0,        -- rises with every change that others should see
    created_at       timestamptz not null,
    started_at       timestamptz,
    finished_at      timestamptz,

    constraint plan_status_known check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    constraint plan_leased_while_running
        check ((status = 'running') = (lease is not null and lease_expires_at is not null)),
    constraint plan_finished_when_ended
        check ((status in ('succeeded', 'failed', 'cancelled')) = (finished_at is not null))
);

-- The two ends of the queue: the oldest plan waiting, and the plans whose worker may have died.
create index plan_waiting on plan (created_at, id) where status = 'queued';
create index plan_leased on plan (lease_expires_at) where status = 'running';

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

-- Listeners are told of new plans and of every new revision: '<status> <id>'.
create function plan_tell_listeners() returns trigger language plpgsql as $$
begin
    perform pg_notify('selat_plan', new.status || ' ' || new.id);
    return null;
end
$$;

create trigger plan_tell_listeners
    after insert or update of revision on plan
    for each row execute function plan_tell_listeners();

-- Timetables of tenants, in versions, and which of them each plan was made with.

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

-- One without a version comes with the package.
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

alter table timetable_version enable row level security, force row level security;
alter table plan_timetable enable row level security, force row level security;

create policy timetable_version_of_tenant on timetable_version
    using (case current_setting('selat.tenant', true) when '*' then true else current_setting('selat.tenant', true) = tenant end);
create policy plan_timetable_of_tenant on plan_timetable
    using (case current_setting('selat.tenant', true) when '*' then true else current_setting('selat.tenant', true) = tenant end);

-- The record of applied migrations; run under the lock of the migrations.
create table if not exists migration (
    version    integer     primary key,
    name       text        not null,
    applied_at timestamptz not null default now()
);

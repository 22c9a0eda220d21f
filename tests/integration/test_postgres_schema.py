"""The schema: reached by migrations, the same as the one to be read, with rules and indexes that hold."""

import asyncio
import contextlib
import itertools
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import asyncpg

from router.adapters.postgres.binaries import find_binaries
from router.adapters.postgres.database import ENTER_SCOPE, EVERY_TENANT
from router.adapters.postgres.migrate import migrate
from router.adapters.postgres.statements import migrations, statement
from router.domain.records import EventKind, PlanStatus
from router.domain.tenants import LOCAL
from tests.submissions import a_submission, claimed, opened

INSERT = """
    insert into plan (id, tenant, name, request, created_at, status, lease, lease_expires_at, finished_at)
    values ('p', 'local', '', '', now(), $1::text, case when $1 = 'running' then gen_random_uuid() end,
            case when $1 = 'running' then now() end, case when $2 then now() end)
"""
UPDATE = """
    update plan
    set revision = revision + 1, status = $1::text, lease = case when $1 = 'running' then gen_random_uuid() end,
        lease_expires_at = case when $1 = 'running' then now() end, finished_at = case when $2 then now() end
"""
FILL = """
    with added as (insert into tenant (id) select 't' || n from generate_series(1, 10) n)
    insert into plan (
        id, tenant, name, request, created_at, status, lease, lease_expires_at, finished_at, idempotency_key,
        idempotency_digest, virtual_start, webhook_url
    )
    select 'p' || n, 't' || 1 + n % 10, '', '', now() + n * interval '1 second', status,
           case when status = 'running' then gen_random_uuid() end,
           case when status = 'running' then now() end, case when status = 'succeeded' then now() end,
           'k' || n, '', n, 'https://shop.example'
    from generate_series(1, 20000) n,
    lateral (select case n % 100 when 0 then 'queued' when 1 then 'running' else 'succeeded' end) t (status);
    insert into replan (plan_id, tenant, document) select id, tenant, '' from plan where id like '%7'
"""


def test_the_schema_to_be_read_is_what_the_migrations_lead_to(create_database: Callable[[], str]) -> None:
    migrated, read = create_database(), create_database()
    asyncio.run(migrate(migrated))
    asyncio.run(_execute(read, statement("schema"), statement("allow_service_role")))
    assert _dumped(migrated) == _dumped(read)
    assert any("CREATE TABLE public.plan " in line for line in _dumped(read))


async def test_migrating_twice_does_nothing_the_second_time(empty_database_url: str) -> None:
    assert await migrate(empty_database_url) == tuple(name for _, name, _ in migrations())
    assert await migrate(empty_database_url) == ()


async def test_ten_services_that_start_at_once_migrate_once(empty_database_url: str) -> None:
    applied = await asyncio.gather(*(migrate(empty_database_url) for _ in range(10)))
    assert sorted(map(len, applied)) == [0] * 9 + [len(migrations())]


def test_migrations_are_numbered_without_gaps() -> None:
    assert [version for version, _, _ in migrations()] == list(range(1, len(migrations()) + 1))


async def test_a_status_moves_forward_only(database_url: str) -> None:
    """The database itself refuses every move that is not in the life of a plan."""
    connection = await asyncpg.connect(database_url)
    accepted = set()
    for old, new in itertools.permutations(PlanStatus, 2):
        await connection.execute("truncate plan cascade")
        await connection.execute(INSERT, old.value, old.ended)
        with contextlib.suppress(asyncpg.CheckViolationError):
            await connection.execute(UPDATE, new.value, new.ended)
            accepted.add((old, new))
    await connection.close()
    assert accepted == {
        (PlanStatus.QUEUED, PlanStatus.RUNNING),
        (PlanStatus.QUEUED, PlanStatus.CANCELLED),
        (PlanStatus.RUNNING, PlanStatus.SUCCEEDED),
        (PlanStatus.RUNNING, PlanStatus.FAILED),
        (PlanStatus.RUNNING, PlanStatus.CANCELLED),
    }


STATEMENTS: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "get_plan": (("'t2'", "'p1'"), {"plan_pkey"}),
    "get_request": (("'t2'", "'p1'"), {"plan_pkey"}),
    "get_replan": (("'t2'", "'p1'"), {"replan_pkey"}),
    "watch_plan": (("'t2'", "'p1'"), {"plan_pkey"}),
    "list_plans": (("'t2'", "now()", "'p1'", "50"), {"plan_listed"}),
    "list_plans_of_status": (("'t2'", "now()", "'p1'", "50", "'failed'"), {"plan_listed_by_status"}),
    "events_after": (("'t2'", "'p1'", "0"), {"plan_event_pkey"}),
    "next_work": ((), {"plan_waiting", "plan_leased"}),
    "extend_lease": (("'p1'", "gen_random_uuid()", "'12 s'"), {"plan_pkey"}),
    "release_plan": (("'p1'", "gen_random_uuid()", "true"), {"plan_pkey"}),
    "request_cancel": (("'t2'", "'p1'"), {"plan_pkey"}),
    "delete_plan": (("'t2'", "'p1'"), {"plan_pkey"}),
    "save_progress": (("'p1'", "gen_random_uuid()", "'x'", "'{}'", "200"), {"plan_pkey", "plan_event_pkey"}),
    "finish_plan": (("'p1'", "gen_random_uuid()", "'failed'", "null", "null", "null"), {"plan_pkey"}),
    "sweep_plans": (("'1 day'",), {"plan_ended", "plan_pkey"}),
    "claim_delivery": (("'1 min'",), {"webhook_due"}),
    "next_delivery": ((), {"webhook_due"}),
    "clear_heartbeats": (("'t2'", "'1 min'"), {"plan_listed"}),
    "find_key": (("'x'",), {"api_key_digest_key"}),
}


async def test_the_queue_and_the_look_up_use_their_indexes(database_url: str) -> None:
    """Among twenty thousand plans, most of them ended, no statement of the hot path reads them all.

    Asked as the service asks: by a role that row-level security holds for, so that its conditions count too.
    """
    connection = await asyncpg.connect(database_url)
    await connection.execute(ENTER_SCOPE, EVERY_TENANT)
    await connection.execute(FILL)
    await connection.execute(
        "insert into api_key (id, tenant, digest, scopes, label)"
        " select n, 't1', n::text::bytea, '{}', '' from generate_series(1, 5000) n"
    )
    await connection.execute("vacuum analyze")
    await connection.execute(statement("enter_service_role"))
    for name, (arguments, indexes) in STATEMENTS.items():
        plan = await _explained(connection, name, arguments)
        assert not re.search(r"Seq Scan on (plan|plan_event|webhook_delivery|api_key)\b", plan), plan
        assert all(index in plan for index in indexes), plan
    counting = await _explained(connection, "queue_state", ("'t2'",))  # all news wait here: it reads them all
    assert not re.search(r"Seq Scan on plan\b", counting), counting
    await connection.close()


async def test_accepting_and_claiming_take_as_long_among_twenty_thousand_plans_as_among_few(
    database_url: str,
) -> None:
    """Their functions have no plan to look at from outside: the database counts the rows that it reads instead."""
    connection = await asyncpg.connect(database_url)
    await connection.execute(ENTER_SCOPE, EVERY_TENANT)
    await connection.execute(FILL)
    await connection.execute(
        "update plan set lease_expires_at = now() + interval '1 hour' where status = 'running'"
    )
    await connection.execute("vacuum analyze")
    await connection.execute(statement("enter_service_role"))
    before = await _rows_read(connection)
    for number in range(10):
        arguments = ("t1", f"new{number}", "", b"", b"", datetime.now(UTC), 1, f"key{number}", b"", None)
        await connection.fetchrow(statement("accept_plan"), *arguments, [], [], [], None)
        assert await connection.fetchrow(statement("claim_plan"), "w", timedelta(seconds=12), 3) is not None
    assert await _rows_read(connection) - before < 10 * 50
    await connection.close()


async def test_plans_from_before_tenants_are_kept_in_their_order_with_one_event(
    empty_database_url: str,
) -> None:
    """The first schema, with a plan in each state, brought to the present one."""
    connection = await asyncpg.connect(empty_database_url)
    await connection.execute(statement("create_migration_table"))
    await connection.execute(migrations()[0][2])
    await connection.execute(statement("add_migration"), 1, "plan")
    await connection.execute(
        "insert into plan (id, name, request, plan, created_at, status, finished_at, lease, lease_expires_at, error)"
        " values ('done', 'n', 'r', 'p', '2026-01-01', 'failed', '2026-01-02', null, null, 'no road'),"
        " ('late', 'n', 'r', null, '2026-01-03', 'queued', null, null, null, null),"
        " ('early', 'n', 'r', null, '2026-01-02', 'queued', null, null, null, null),"
        " ('busy', 'n', 'r', 'p', '2026-01-01', 'running', null, gen_random_uuid(), now() - interval '1 h', null)"
    )
    await connection.close()
    assert await migrate(empty_database_url) == tuple(name for _, name, _ in migrations()[1:])
    async with opened(empty_database_url) as house:
        await house.store.accept(a_submission(1))
        claims = [(await claimed(house)).plan_id for _ in range(4)]
        assert claims == ["busy", "early", "late", "local-001"]
        done = await house.store.get(LOCAL, "done")
        assert (done.status, done.plan, done.error, done.name) == (PlanStatus.FAILED, b"p", "no road", "n")
        [event] = [event async for event in house.store.events(LOCAL, "done")]
        assert event.kind is EventKind.DONE


async def _rows_read(connection: asyncpg.Connection) -> int:
    await connection.execute("select pg_stat_force_next_flush()")
    return int(
        await connection.fetchval(
            "select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) from pg_stat_user_tables"
            " where relname in ('plan', 'plan_event')"
        )
    )


def _dumped(url: str) -> list[str]:
    """Return the schema as PostgreSQL itself writes it, without what differs from one dump to the next."""
    command = [str(find_binaries() / "pg_dump"), "--schema-only", "--no-owner", "--dbname", url]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [line for line in text.splitlines() if not line.startswith(("--", "\\"))]


async def _explained(connection: asyncpg.Connection, name: str, arguments: tuple[str, ...]) -> str:
    """Return the query plan that PostgreSQL takes once and for all, whatever the arguments are."""
    await connection.execute("set plan_cache_mode = force_generic_plan")
    await connection.execute(f"prepare {name} as {statement(name)}")
    call = f"({', '.join(arguments)})" if arguments else ""
    rows = await connection.fetch(f"explain execute {name}{call}")
    return "\n".join(row[0] for row in rows)


async def _execute(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for sql in statements:
            await connection.execute(sql)
    finally:
        await connection.close()

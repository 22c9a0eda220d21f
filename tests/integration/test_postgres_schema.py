"""The schema: reached by migrations, the same as the one to be read, with rules and indexes that hold."""

import asyncio
import contextlib
import itertools
import subprocess
from collections.abc import Callable

import asyncpg

from router.adapters.postgres.binaries import find_binaries
from router.adapters.postgres.migrate import migrate
from router.adapters.postgres.statements import migrations, statement
from router.ports import PlanStatus

INSERT = """
    insert into plan (id, name, request, created_at, status, lease, lease_expires_at, finished_at)
    values ('p', '', '', now(), $1::text, case when $1 = 'running' then gen_random_uuid() end,
            case when $1 = 'running' then now() end, case when $2 then now() end)
"""
UPDATE = """
    update plan
    set status = $1::text, lease = case when $1 = 'running' then gen_random_uuid() end,
        lease_expires_at = case when $1 = 'running' then now() end, finished_at = case when $2 then now() end
"""
FILL = """
    insert into plan (id, name, request, created_at, status, lease, lease_expires_at, finished_at)
    select 'p' || n, '', '', now() + n * interval '1 second', status,
           case when status = 'running' then gen_random_uuid() end,
           case when status = 'running' then now() end, case when status = 'succeeded' then now() end
    from generate_series(1, 20000) n,
    lateral (select case n % 100 when 0 then 'queued' when 1 then 'running' else 'succeeded' end) t (status)
"""


def test_the_schema_to_be_read_is_what_the_migrations_lead_to(create_database: Callable[[], str]) -> None:
    migrated, read = create_database(), create_database()
    asyncio.run(migrate(migrated))
    asyncio.run(_execute(read, statement("schema")))
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
        await connection.execute("truncate plan")
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


async def test_the_queue_and_the_look_up_use_their_indexes(database_url: str) -> None:
    """Among twenty thousand plans, most of them ended, no statement of the hot path reads them all."""
    connection = await asyncpg.connect(database_url)
    await connection.execute(FILL)
    await connection.execute("analyze plan")
    lease = "gen_random_uuid()"
    expected: dict[str, tuple[tuple[str, ...], set[str]]] = {
        "get_plan": (("'p1'",), {"plan_pkey"}),
        "watch_plan": (("'p1'",), {"plan_pkey"}),
        "claim_plan": (("'w'", "'12 s'", "3"), {"plan_waiting", "plan_leased", "plan_pkey"}),
        "end_abandoned": (("3",), {"plan_leased"}),
        "next_work": ((), {"plan_waiting", "plan_leased"}),
        "extend_lease": (("'p1'", lease, "'12 s'"), {"plan_pkey"}),
        "release_plan": (("'p1'", lease, "true"), {"plan_pkey"}),
        "request_cancel": (("'p1'",), {"plan_pkey"}),
        "save_progress": (("'p1'", lease, "'x'"), {"plan_pkey"}),
        "finish_plan": (("'p1'", lease, "'failed'", "null", "null"), {"plan_pkey"}),
    }
    for name, (arguments, indexes) in expected.items():
        plan = await _explained(connection, name, arguments)
        assert "Seq Scan on plan" not in plan, plan
        assert all(index in plan for index in indexes), plan
    await connection.close()


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


async def _execute(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()

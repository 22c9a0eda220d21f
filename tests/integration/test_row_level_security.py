"""The second wall between tenants stands in the database: a statement that forgets the tenant finds nothing of others.

Shown for both kinds of accounts: a superuser, as of the embedded database, and an ordinary owner.
"""

import asyncio
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import asyncpg
import pytest

from router.adapters.postgres.database import EVERY_TENANT, Database
from router.adapters.postgres.migrate import migrate
from router.adapters.postgres.plan_store import PostgresPlanStore
from router.adapters.postgres.registry import PostgresRegistry
from router.adapters.postgres.timetable_store import PostgresTimetableStore
from router.domain.stored_timetables import TimetableRecord, TimetableSummary, TimetableUse
from router.domain.tenants import LOCAL, Tenant, TenantId
from router.errors import PlanNotFound, StoreUnavailable
from tests.submissions import SOME_PROGRESS, House, a_submission, claimed, opened

OURS, THEIRS = LOCAL, TenantId("theirs")


async def execute(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for each in statements:
            await connection.execute(each)
    finally:
        await connection.close()


def as_role(url: str, role: str, password: str) -> str:
    parts = urlsplit(url)
    query = urlencode({**dict(parse_qsl(parts.query)), "user": role, "password": password})
    address = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=address, query=query))


@pytest.fixture(params=["superuser", "owner"])
def walled_url(
    request: pytest.FixtureRequest, create_database: Callable[[], str], server_url: str
) -> Iterator[str]:
    """A migrated database, and an account that is above row-level security or is not."""
    url = create_database()
    role, password = f"selat_owner_{secrets.token_hex(4)}", secrets.token_hex(8)
    if request.param == "superuser":
        asyncio.run(migrate(url))
        yield url
        return
    name = urlsplit(url).path.removeprefix("/")
    asyncio.run(execute(server_url, f"create role {role} login password '{password}'"))
    asyncio.run(execute(server_url, f"alter database {name} owner to {role}"))
    try:
        owned = as_role(url, role, password)
        asyncio.run(migrate(owned))
        yield owned
    finally:
        asyncio.run(execute(url, f"reassign owned by {role} to current_user", f"drop owned by {role}"))
        asyncio.run(execute(server_url, f"reassign owned by {role} to current_user", f"drop role {role}"))


async def with_a_plan_of_theirs(house: House) -> str:
    """Have a plan, its timetable, an event, a key and news of another tenant there, and return the plan's id."""
    await house.registry.put_tenant(Tenant(id=THEIRS))
    summary = TimetableSummary(use=TimetableUse(name="", version=None, sha256=""), title="", ports=0, lines=0)
    record = TimetableRecord(summary=summary, document=b"{}")
    used = (await PostgresTimetableStore(house.database).put(THEIRS, "theirs", record)).use
    submission = a_submission(1, tenant=THEIRS, webhook_url="https://theirs.example")
    await house.store.accept(replace(submission, timetables=(used,)))
    lease = await claimed(house)
    await house.store.save_progress(lease, b"{}", SOME_PROGRESS)
    await house.store.request_cancel(THEIRS, "theirs-001")
    return "theirs-001"


@pytest.mark.parametrize(
    "table",
    [
        "plan",
        "plan_event",
        "tenant",
        "api_key",
        "webhook_delivery",
        "timetable_version",
        "plan_timetable",
    ],
)
async def test_raw_sql_in_the_scope_of_a_tenant_reads_nothing_of_another(walled_url: str, table: str) -> None:
    async with opened(walled_url) as house:
        await with_a_plan_of_theirs(house)
        everything = await house.database.rows(EVERY_TENANT, f"select * from {table}")  # noqa: S608
        seen = await house.database.rows(OURS, f"select * from {table}")  # noqa: S608
        assert [row for row in seen if THEIRS in (row.get("tenant"), row.get("id"))] == []
        if table in ("plan", "plan_event", "tenant", "timetable_version", "plan_timetable"):
            assert len(everything) > len(seen)


async def test_raw_sql_in_the_scope_of_a_tenant_changes_nothing_of_another(walled_url: str) -> None:
    async with opened(walled_url) as house:
        await with_a_plan_of_theirs(house)
        assert await house.database.rows(OURS, "update plan set name = 'ours' returning id") == []
        assert await house.database.rows(OURS, "delete from plan returning id") == []
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await house.database.row(
                OURS,
                "insert into plan (id, tenant, name, request, created_at) values ('x', 'theirs', '', '', now())",
            )


async def test_nothing_at_all_is_seen_where_no_scope_was_entered(walled_url: str) -> None:
    async with opened(walled_url) as house:
        await with_a_plan_of_theirs(house)
        assert await house.database.rows("", "select from plan") == []
        assert await house.database.rows("", "select from tenant") == []


async def test_a_connection_sees_nothing_of_the_scope_that_it_was_used_in_before(walled_url: str) -> None:
    """One connection is all there is."""
    async with Database(walled_url, pool_size=1) as database:
        await PostgresRegistry(database).put_tenant(Tenant(id=THEIRS))
        await PostgresPlanStore(database).accept(a_submission(1, tenant=THEIRS))
        assert len(await database.rows(EVERY_TENANT, "select from plan")) == 1
        assert await database.rows(OURS, "select from plan") == []
        assert len(await database.rows(THEIRS, "select from plan")) == 1
        assert await database.rows("", "select from plan") == []


async def test_a_plan_of_another_tenant_is_not_found_by_any_call(walled_url: str) -> None:
    async with opened(walled_url) as house:
        plan_id = await with_a_plan_of_theirs(house)
        store = house.store
        for call in (store.get, store.get_request, store.request_cancel, store.delete):
            with pytest.raises(PlanNotFound):
                await call(OURS, plan_id)
        for follow in (store.changes, store.events):
            with pytest.raises(PlanNotFound):
                await anext(follow(OURS, plan_id))
        assert (await store.get(THEIRS, plan_id)).id == plan_id


async def test_an_account_above_the_wall_that_may_not_step_down_is_refused(
    create_database: Callable[[], str], server_url: str
) -> None:
    """Rather no service than one whose second wall does not stand."""
    url = await asyncio.to_thread(create_database)
    await migrate(url)
    role, password = f"selat_above_{secrets.token_hex(4)}", secrets.token_hex(8)
    await execute(server_url, f"create role {role} login bypassrls password '{password}'")
    try:
        async with Database(as_role(url, role, password)) as database:
            with pytest.raises(StoreUnavailable, match="row-level security does not hold"):
                await database.row(OURS, "select 1")
    finally:
        await execute(server_url, f"drop role {role}")

"""The service's own plan: handed in once however many processes beat, told apart from a late one, and gone after."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import cast

import orjson
import pytest

from router.adapters.postgres.database import EVERY_TENANT
from router.adapters.postgres.heartbeat import PostgresHeartbeatTenancy
from router.adapters.postgres.key_ring import PostgresKeyRing
from router.adapters.postgres.timetable_store import PostgresTimetableStore
from router.adapters.webhooks.sender import HttpWebhookSender
from router.bootstrap import SystemClock, read_settings, workshop
from router.domain.records import PlanStatus
from router.domain.tenants import HEARTBEAT, LOCAL
from router.domain.webhooks import PUBLIC_HTTPS
from router.ports import Observer
from router.service.front_desk import FrontDesk
from router.service.heartbeat import Pulse, beat
from router.service.intake import Intake
from router.service.timetables import Archives
from router.service.workshop import Workshop
from tests.submissions import House, opened

AN_HOUR = 3600.0
"""Two beats of a test fall into one period, but for once in a blue moon: then there are two plans."""


class Diary:
    """An observer that writes down the names of what it is told, with the first word said."""

    def __init__(self) -> None:
        """Begin empty."""
        self.lines: list[tuple[object, ...]] = []

    def __getattr__(self, told: str) -> Callable[..., None]:
        """Write it down."""
        return lambda *said: self.lines.append((told, *said[:1]))


@pytest.fixture(scope="module")
def equipment() -> Workshop:
    """What requests are read with."""
    return workshop(read_settings())


@asynccontextmanager
async def two_pulses(
    house: House, equipment: Workshop, *, late_seconds: float = 30.0
) -> AsyncIterator[tuple[Pulse, Pulse, Diary]]:
    """Give two processes' worth of heartbeats that share a diary."""
    diary = Diary()
    with (
        Intake(equipment, at_the_ready=False) as intake,
        PostgresKeyRing(house.database, open_house=True) as key_ring,
    ):
        desk = FrontDesk(
            intake=intake,
            checks=intake,
            timetables=Archives(store=PostgresTimetableStore(house.database), built_in=(), intake=intake),
            key_ring=key_ring,
            webhooks=HttpWebhookSender(PUBLIC_HTTPS),
            store=house.store,
            observer=cast("Observer", diary),
            clock=SystemClock(),
        )

        def pulse() -> Pulse:
            return Pulse(
                desk=desk,
                tenancy=PostgresHeartbeatTenancy(house.database),
                seconds=AN_HOUR,
                longest_seconds=1,
                late_seconds=late_seconds,
                linger_seconds=1.0,
            )

        yield pulse(), pulse(), diary


async def solve_one(house: House, *, unserved: int, crossings: int) -> None:
    """Be the worker of the next plan; what it finds is as it is told."""
    while (lease := await house.queue.claim("worker")) is None:
        await house.queue.wait_for_work(1.0)
    plan = orjson.dumps({"totals": {"unserved": unserved, "crossings": crossings}})
    await house.store.finish(lease, PlanStatus.SUCCEEDED, plan, None)


async def plans_in(house: House) -> int:
    """Return how many plans there are, of whomever."""
    return len(await house.database.rows(EVERY_TENANT, "select from plan"))


async def test_two_processes_share_a_plan_that_one_counts_and_both_see_and_nobody_finds_later(
    database_url: str, equipment: Workshop
) -> None:
    async with opened(database_url) as house, two_pulses(house, equipment) as (one, another, diary):
        await asyncio.gather(beat(one), beat(another), solve_one(house, unserved=0, crossings=2))
        assert sorted(diary.lines) == [
            ("heartbeat_ended", "succeeded"),
            ("heartbeat_seen",),
            ("heartbeat_seen",),
        ]
        assert await plans_in(house) == 0


async def test_the_plan_is_in_nobodys_list_while_it_lasts(database_url: str, equipment: Workshop) -> None:
    async with opened(database_url) as house, two_pulses(house, equipment) as (pulse, _, _):
        beating = asyncio.create_task(beat(pulse))
        await solve_one(house, unserved=0, crossings=2)
        assert await plans_in(house) == 1
        page = await house.store.list_plans(LOCAL, status=None, page_size=10, page_token=None)
        assert page.plans == ()
        assert (await house.store.list_plans(HEARTBEAT, status=None, page_size=10, page_token=None)).plans
        await beating


@pytest.mark.parametrize(("unserved", "crossings"), [(1, 2), (0, 0)])
async def test_a_plan_that_leaves_a_parcel_out_or_takes_no_ferry_is_no_sign_of_health(
    database_url: str, equipment: Workshop, unserved: int, crossings: int
) -> None:
    async with opened(database_url) as house, two_pulses(house, equipment) as (pulse, _, diary):
        await asyncio.gather(beat(pulse), solve_one(house, unserved=unserved, crossings=crossings))
        assert diary.lines == [("heartbeat_ended", "failed")]


async def test_where_no_worker_comes_the_plan_is_late_and_waits_no_longer(
    database_url: str, equipment: Workshop
) -> None:
    async with (
        opened(database_url) as house,
        two_pulses(house, equipment, late_seconds=0.5) as (pulse, _, diary),
    ):
        await beat(pulse)
        assert diary.lines == [("heartbeat_ended", "late")]
        assert await house.queue.claim("worker") is None
        assert await plans_in(house) == 0

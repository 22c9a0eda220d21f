"""Events of a plan: all of them, in order, from where the listener left off, and on as they happen."""

import asyncio
import json
from contextlib import aclosing
from datetime import timedelta

import pytest

from router.domain.records import EventKind, PlanEvent, PlanStatus, Progress
from router.domain.tenants import LOCAL
from router.errors import PlanNotFound
from tests.submissions import SOME_PROGRESS, House, a_submission, claimed, opened

ID = "local-001"


async def so_far(house: House, after: int = 0) -> list[PlanEvent]:
    """Return the events of a plan that has ended."""
    return [event async for event in house.store.events(LOCAL, ID, after=after)]


def told(event: PlanEvent) -> tuple[str, dict[str, object]]:
    return event.kind.value, json.loads(event.data)


async def solved(house: House) -> None:
    """Take the plan through its life."""
    await house.store.accept(a_submission(1))
    lease = await claimed(house)
    await house.store.save_progress(lease, b"{}", SOME_PROGRESS)
    await house.store.finish(lease, PlanStatus.SUCCEEDED, b"{}", None)


async def test_they_tell_the_whole_life_of_a_plan(database_url: str) -> None:
    async with opened(database_url) as house:
        await solved(house)
        assert [told(event) for event in await so_far(house)] == [
            ("status", {"status": "queued", "attempt": 0}),
            ("status", {"status": "running", "attempt": 1}),
            ("progress", {"cost": 1250.5, "served": 3, "seconds": 1.5}),
            ("done", {"status": "succeeded", "attempt": 1}),
        ]


async def test_numbers_rise(database_url: str) -> None:
    async with opened(database_url) as house:
        await solved(house)
        numbers = [event.seq for event in await so_far(house)]
        assert numbers == sorted(set(numbers))
        assert numbers[0] > 0


async def test_a_listener_goes_on_after_what_it_has_seen(database_url: str) -> None:
    async with opened(database_url) as house:
        await solved(house)
        everything = await so_far(house)
        for index, event in enumerate(everything):
            assert await so_far(house, after=event.seq) == everything[index + 1 :]


async def test_they_come_as_they_happen_from_another_process(database_url: str) -> None:
    """The stores share nothing but the database, and look so seldom that only a notification wakes them."""
    async with opened(database_url) as here, opened(database_url) as there, asyncio.timeout(10):
        await here.store.accept(a_submission(1))
        async with aclosing(there.store.events(LOCAL, ID)) as events:
            assert told(await anext(events))[1]["status"] == "queued"
            lease = await claimed(here)
            assert told(await anext(events))[1]["status"] == "running"
            await here.store.save_progress(lease, b"{}", SOME_PROGRESS)
            assert told(await anext(events))[0] == "progress"
            await here.store.finish(lease, PlanStatus.FAILED, None, "no road")
            assert told(await anext(events)) == (
                "done",
                {"status": "failed", "attempt": 1, "error": "no road"},
            )
            with pytest.raises(StopAsyncIteration):
                await anext(events)


async def test_a_plan_that_is_cancelled_before_anybody_took_it_up_is_done(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(a_submission(1))
        await house.store.request_cancel(LOCAL, ID)
        assert told((await so_far(house))[-1]) == ("done", {"status": "cancelled", "attempt": 0})


async def test_another_attempt_is_an_event(database_url: str) -> None:
    async with opened(database_url, lease=timedelta(0)) as house:
        await house.store.accept(a_submission(1))
        await claimed(house, "dying")
        lease = await claimed(house, "living")
        await house.store.finish(lease, PlanStatus.SUCCEEDED, b"{}", None)
        attempts = [told(event)[1]["attempt"] for event in await so_far(house)]
        assert attempts == [0, 1, 2, 2]


async def test_of_progress_the_last_two_hundred_are_kept(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(a_submission(1))
        lease = await claimed(house)
        for number in range(250):
            await house.store.save_progress(lease, b"{}", Progress(cost=-number, served=1, seconds=number))
        await house.store.finish(lease, PlanStatus.SUCCEEDED, b"{}", None)
        events = await so_far(house)
        kept = [json.loads(event.data)["seconds"] for event in events if event.kind is EventKind.PROGRESS]
        assert kept == list(range(50, 250))
        assert [event.kind for event in events if event.kind is not EventKind.PROGRESS] == [
            EventKind.STATUS,
            EventKind.STATUS,
            EventKind.DONE,
        ]


async def test_listening_to_a_plan_that_is_deleted_ends(database_url: str) -> None:
    async with opened(database_url) as house, asyncio.timeout(10):
        await house.store.accept(a_submission(1))
        async with aclosing(house.store.events(LOCAL, ID)) as events:
            await anext(events)
            following = asyncio.ensure_future(anext(events))
            await house.store.delete(LOCAL, ID)
            with pytest.raises(PlanNotFound):
                await following

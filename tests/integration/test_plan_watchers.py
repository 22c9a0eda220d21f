"""Many who watch one plan look at the database together, and miss nothing by it."""

import asyncio
from contextlib import aclosing

from router.adapters.postgres.database import Database
from router.adapters.postgres.plan_events import PlanEvents
from router.domain.records import PlanStatus
from router.domain.tenants import LOCAL
from router.errors import PlanNotFound
from tests.submissions import SOME_PROGRESS, House, a_submission, claimed, opened

ID = "local-001"
WATCHERS = 300


class CountingDatabase(Database):
    """Counts the statements that return several rows."""

    looks = 0

    async def rows(self, scope: str, sql: str, *arguments: object) -> list[object]:
        """Count, and do it."""
        self.looks += 1
        return await super().rows(scope, sql, *arguments)


async def everything(events: PlanEvents, after: int = 0) -> list[str]:
    """Return the kinds of all events of the plan, until its end."""
    async with aclosing(events.follow(LOCAL, ID, after)) as following:
        return [event.kind.value async for event in following]


async def live(house: House) -> None:
    """Take the plan through its life."""
    lease = await claimed(house)
    for _ in range(3):
        await house.store.save_progress(lease, b"{}", SOME_PROGRESS)
    await house.store.finish(lease, PlanStatus.SUCCEEDED, b"{}", None)


async def test_a_change_costs_one_look_however_many_wait_for_it(database_url: str) -> None:
    async with opened(database_url) as house, CountingDatabase(database_url) as database:
        events = PlanEvents(database, look_again_seconds=60)
        await house.store.accept(a_submission(1))
        watchers = [asyncio.create_task(everything(events)) for _ in range(WATCHERS)]
        await asyncio.sleep(0)
        await live(house)
        async with asyncio.timeout(20):
            told = await asyncio.gather(*watchers)
        assert told == [["status", "status", *["progress"] * 3, "done"]] * WATCHERS
        assert database.looks < 2 * len(told[0]), "one for each change, and for stragglers in between"


async def test_watchers_who_go_take_nothing_from_those_who_stay(database_url: str) -> None:
    async with opened(database_url) as house, CountingDatabase(database_url) as database:
        events = PlanEvents(database, look_again_seconds=60)
        await house.store.accept(a_submission(1))
        watchers = [asyncio.create_task(everything(events)) for _ in range(10)]
        await asyncio.sleep(0)
        for watcher in watchers[:9]:
            watcher.cancel()
        await live(house)
        async with asyncio.timeout(20):
            assert (await watchers[9])[-1] == "done"


async def test_watchers_at_different_places_are_each_told_what_they_miss(database_url: str) -> None:
    async with opened(database_url) as house:
        events = PlanEvents(house.database, look_again_seconds=60)
        await house.store.accept(a_submission(1))
        await live(house)
        told = await asyncio.gather(*(everything(events, after) for after in (0, 2, 5)))
        assert list(map(len, told)) == [6, 4, 1]


async def test_a_plan_that_is_erased_is_gone_for_all_of_them(database_url: str) -> None:
    async with opened(database_url) as house:
        events = PlanEvents(house.database, look_again_seconds=60)
        await house.store.accept(a_submission(1))
        watchers = [asyncio.create_task(everything(events)) for _ in range(5)]
        await asyncio.sleep(0)
        await house.store.delete(LOCAL, ID)
        async with asyncio.timeout(20):
            endings = await asyncio.gather(*watchers, return_exceptions=True)
        assert all(isinstance(ending, PlanNotFound) for ending in endings)

"""What every PlanStore promises, shown on PostgreSQL."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import orjson
import pytest

from router.domain.records import Lease, PlanRecord, PlanStatus, Submission
from router.domain.tenants import LOCAL
from router.errors import PlanConflict, PlanNotFound, StoreUnavailable
from tests.submissions import SOME_PROGRESS, House, claimed, opened

NEW = Submission(
    tenant_id=LOCAL,
    plan_id="01K9ZZZZZZZZZZZZZZZZZZZZZZ",
    name="Denpasar, morning wave",
    request=b'{"name": "Denpasar,  morning wave",\n "stops": []} \xf0\x9f\x9b\xb5',
    warnings=b'[{"code": "location_snapped"}]',
    created_at=datetime(2026, 11, 25, 6, 0, 0, 123456, tzinfo=UTC),
)
ID = NEW.plan_id


async def taken(house: House) -> Lease:
    """Hand the plan in and claim it."""
    await house.store.accept(NEW)
    return await claimed(house)


async def test_what_was_added_is_given_back_byte_for_byte(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(NEW)
        assert await house.store.get_request(LOCAL, ID) == NEW.request
        assert await house.store.get(LOCAL, ID) == PlanRecord(
            id=ID,
            name=NEW.name,
            status=PlanStatus.QUEUED,
            created_at=NEW.created_at,
            warnings=NEW.warnings,
        )


async def test_an_id_is_used_once(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(NEW)
        with pytest.raises(PlanConflict):
            await house.store.accept(replace(NEW, name="another"))
        assert (await house.store.get(LOCAL, ID)).name == NEW.name


@pytest.mark.parametrize("plan_id", ["nobody", "", "with a \0 in it", "half a letter \ud800"])
async def test_an_unknown_plan_is_not_found_by_any_call(database_url: str, plan_id: str) -> None:
    async with opened(database_url) as house:
        with pytest.raises(PlanNotFound):
            await house.store.get(LOCAL, plan_id)
        with pytest.raises(PlanNotFound):
            await house.store.get_request(LOCAL, plan_id)
        with pytest.raises(PlanNotFound):
            await house.store.request_cancel(LOCAL, plan_id)
        with pytest.raises(PlanNotFound):
            await house.store.delete(LOCAL, plan_id)
        with pytest.raises(PlanNotFound):
            await anext(house.store.events(LOCAL, plan_id))
        with pytest.raises(PlanNotFound):
            await anext(house.store.changes(LOCAL, plan_id))


async def test_a_queued_plan_is_cancelled_at_once_and_never_handed_out(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(NEW)
        record = await house.store.request_cancel(LOCAL, ID)
        assert record.status is PlanStatus.CANCELLED
        assert record.finished_at is not None
        assert await house.queue.claim("worker") is None


async def test_a_running_plan_is_only_asked_to_end(database_url: str) -> None:
    async with opened(database_url) as house:
        lease = await taken(house)
        record = await house.store.request_cancel(LOCAL, ID)
        assert (record.status, record.cancel_requested) == (PlanStatus.RUNNING, True)
        assert await house.store.finish(lease, PlanStatus.CANCELLED, b"{}", None)
        assert (await house.store.get(LOCAL, ID)).status is PlanStatus.CANCELLED


async def test_cancelling_an_ended_plan_changes_nothing(database_url: str) -> None:
    async with opened(database_url) as house:
        lease = await taken(house)
        await house.store.finish(lease, PlanStatus.SUCCEEDED, b"{}", None)
        before = await house.store.get(LOCAL, ID)
        assert await house.store.request_cancel(LOCAL, ID) == before


async def test_a_finished_plan_has_its_times_and_its_answer(database_url: str) -> None:
    async with opened(database_url) as house:
        lease = await taken(house)
        assert await house.store.finish(lease, PlanStatus.SUCCEEDED, b'{"routes": []}', None)
        record = await house.store.get(LOCAL, ID)
        assert (record.status, record.plan, record.error) == (PlanStatus.SUCCEEDED, b'{"routes": []}', None)
        assert record.attempt == 1
        assert record.started_at is not None
        assert record.finished_at is not None
        assert record.started_at <= record.finished_at


async def test_warnings_of_the_search_are_added_to_those_of_the_request(database_url: str) -> None:
    async with opened(database_url) as house:
        lease = await taken(house)
        assert await house.store.finish(
            lease, PlanStatus.SUCCEEDED, b"{}", None, warnings=b'[{"code": "no_road"}]'
        )
        warnings = orjson.loads((await house.store.get(LOCAL, ID)).warnings)
    assert [warning["code"] for warning in warnings] == ["location_snapped", "no_road"]


async def test_a_failed_plan_keeps_its_best_so_far_and_says_why(database_url: str) -> None:
    async with opened(database_url) as house:
        lease = await taken(house)
        assert await house.store.save_progress(lease, b'{"best": 1}', SOME_PROGRESS)
        assert await house.store.finish(lease, PlanStatus.FAILED, None, "the road engine does not answer")
        record = await house.store.get(LOCAL, ID)
        assert (record.status, record.plan) == (PlanStatus.FAILED, b'{"best": 1}')
        assert record.error == "the road engine does not answer"


async def test_a_plan_ends_once(database_url: str) -> None:
    async with opened(database_url) as house:
        lease = await taken(house)
        assert await house.store.finish(lease, PlanStatus.SUCCEEDED, b"first", None)
        assert not await house.store.finish(lease, PlanStatus.FAILED, b"second", "late")
        assert not await house.store.save_progress(lease, b"second", SOME_PROGRESS)
        assert (await house.store.get(LOCAL, ID)).plan == b"first"


async def test_a_deleted_plan_is_gone_with_everything_known_of_it(database_url: str) -> None:
    async with opened(database_url) as house:
        lease = await taken(house)
        await house.store.save_progress(lease, b"best", SOME_PROGRESS)
        await house.store.finish(lease, PlanStatus.SUCCEEDED, None, None)
        await house.store.delete(LOCAL, ID)
        with pytest.raises(PlanNotFound):
            await house.store.get(LOCAL, ID)
        with pytest.raises(PlanNotFound):
            await house.store.delete(LOCAL, ID)
        assert await house.database.rows(LOCAL, "select from plan_event") == []


async def test_a_plan_deleted_while_waiting_is_never_handed_out(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(NEW)
        await house.store.delete(LOCAL, ID)
        assert await house.queue.claim("worker") is None


async def test_a_plan_deleted_in_work_is_its_workers_no_longer(database_url: str) -> None:
    """Who watches it is told at once, and nothing that the worker writes brings it back."""
    async with opened(database_url) as house, asyncio.timeout(10):
        lease = await taken(house)
        async with aclosing(house.store.changes(LOCAL, ID)) as changes:
            assert await anext(changes) is PlanStatus.RUNNING
            following = asyncio.ensure_future(anext(changes))
            await house.store.delete(LOCAL, ID)
            with pytest.raises(PlanNotFound):
                await following
        with pytest.raises(PlanConflict):
            await house.queue.heartbeat(lease)
        assert not await house.store.save_progress(lease, b"late", SOME_PROGRESS)
        assert not await house.store.finish(lease, PlanStatus.SUCCEEDED, b"late", None)
        with pytest.raises(PlanNotFound):
            await house.store.get(LOCAL, ID)


async def test_every_change_that_callers_see_raises_the_revision(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(NEW)
        revisions = [(await house.store.get(LOCAL, ID)).revision]
        lease = await claimed(house)
        revisions.append((await house.store.get(LOCAL, ID)).revision)
        await house.store.save_progress(lease, b"best", SOME_PROGRESS)
        revisions.append((await house.store.get(LOCAL, ID)).revision)
        await house.store.finish(lease, PlanStatus.SUCCEEDED, b"best", None)
        revisions.append((await house.store.get(LOCAL, ID)).revision)
        assert revisions == sorted(set(revisions))


async def test_nothing_is_written_under_a_lease_that_was_never_given(database_url: str) -> None:
    async with opened(database_url) as house:
        lease = await taken(house)
        forged = replace(lease, token=str(uuid4()))
        assert not await house.store.save_progress(forged, b"forged", SOME_PROGRESS)
        assert not await house.store.finish(forged, PlanStatus.SUCCEEDED, b"forged", None)
        assert (await house.store.get(LOCAL, ID)).plan is None


async def test_a_plan_does_not_end_as_running(database_url: str) -> None:
    async with opened(database_url) as house:
        lease = await taken(house)
        with pytest.raises(ValueError, match="does not end as running"):
            await house.store.finish(lease, PlanStatus.RUNNING, None, None)


async def test_changes_tell_the_whole_life_of_a_plan(database_url: str) -> None:
    """Each change is made only after the one before was told, so that none may be told together."""
    async with opened(database_url) as house:
        await house.store.accept(NEW)
        async with aclosing(house.store.changes(LOCAL, ID)) as changes, asyncio.timeout(10):
            assert await anext(changes) is PlanStatus.QUEUED
            lease = await house.queue.claim("worker")
            assert lease is not None
            assert await anext(changes) is PlanStatus.RUNNING
            await house.store.save_progress(lease, b"better", SOME_PROGRESS)
            assert await anext(changes) is PlanStatus.RUNNING
            await house.store.finish(lease, PlanStatus.SUCCEEDED, b"best", None)
            assert await anext(changes) is PlanStatus.SUCCEEDED
            with pytest.raises(StopAsyncIteration):
                await anext(changes)


async def test_changes_reach_a_listener_in_another_process(database_url: str) -> None:
    """Two stores share nothing but the database."""
    async with opened(database_url) as here, opened(database_url) as there:
        await here.store.accept(NEW)
        async with aclosing(there.store.changes(LOCAL, ID)) as changes, asyncio.timeout(10):
            assert await anext(changes) is PlanStatus.QUEUED
            await here.queue.claim("worker")
            assert await anext(changes) is PlanStatus.RUNNING


async def test_changes_of_an_ended_plan_are_its_end_and_no_more(database_url: str) -> None:
    async with opened(database_url) as house:
        lease = await taken(house)
        await house.store.finish(lease, PlanStatus.SUCCEEDED, b"{}", None)
        assert [status async for status in house.store.changes(LOCAL, ID)] == [PlanStatus.SUCCEEDED]


async def test_the_store_is_healthy_once_migrated(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.health()


async def test_the_store_is_not_healthy_before(empty_database_url: str) -> None:
    async with opened(empty_database_url) as house:
        with pytest.raises(StoreUnavailable):
            await house.store.health()


async def test_a_closed_store_says_that_it_is_unavailable(database_url: str) -> None:
    async with opened(database_url) as house:
        pass
    with pytest.raises(StoreUnavailable):
        await house.store.get(LOCAL, ID)

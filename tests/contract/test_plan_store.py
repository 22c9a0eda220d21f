"""What every PlanStore promises, shown on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from router.adapters.postgres.database import Database
from router.adapters.postgres.job_queue import PostgresJobQueue
from router.adapters.postgres.plan_store import PostgresPlanStore
from router.errors import PlanConflict, PlanNotFound, StoreUnavailable
from router.ports import JobQueue, Lease, PlanRecord, PlanStatus, PlanStore

QUEUED = PlanRecord(
    id="01K9ZZZZZZZZZZZZZZZZZZZZZZ",
    name="Denpasar, morning wave",
    status=PlanStatus.QUEUED,
    request=b'{"name": "Denpasar,  morning wave",\n "stops": []} \xf0\x9f\x9b\xb5',
    warnings=b'[{"code": "location_snapped"}]',
    created_at=datetime(2026, 11, 25, 6, 0, 0, 123456, tzinfo=UTC),
)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[tuple[PlanStore, JobQueue]]:
    async with Database(url) as database:
        # So long between looks that only a notification can be what wakes a test.
        yield PostgresPlanStore(database, look_again_seconds=60), PostgresJobQueue(database)


async def claimed(store: PlanStore, queue: JobQueue) -> Lease:
    await store.add(QUEUED)
    lease = await queue.claim("worker")
    assert lease is not None
    return lease


async def test_what_was_added_is_given_back_byte_for_byte(database_url: str) -> None:
    async with opened(database_url) as (store, _):
        await store.add(QUEUED)
        assert await store.get(QUEUED.id) == QUEUED


async def test_an_id_is_used_once(database_url: str) -> None:
    async with opened(database_url) as (store, _):
        await store.add(QUEUED)
        with pytest.raises(PlanConflict):
            await store.add(replace(QUEUED, name="another"))
        assert (await store.get(QUEUED.id)).name == QUEUED.name


@pytest.mark.parametrize("plan_id", ["nobody", "", "with a \0 in it", "half a letter \ud800"])
async def test_an_unknown_plan_is_not_found_by_any_call(database_url: str, plan_id: str) -> None:
    async with opened(database_url) as (store, _):
        with pytest.raises(PlanNotFound):
            await store.get(plan_id)
        with pytest.raises(PlanNotFound):
            await store.request_cancel(plan_id)
        with pytest.raises(PlanNotFound):
            await anext(store.changes(plan_id))


async def test_a_queued_plan_is_cancelled_at_once_and_never_handed_out(database_url: str) -> None:
    async with opened(database_url) as (store, queue):
        await store.add(QUEUED)
        record = await store.request_cancel(QUEUED.id)
        assert record.status is PlanStatus.CANCELLED
        assert record.finished_at is not None
        assert await queue.claim("worker") is None


async def test_a_running_plan_is_only_asked_to_end(database_url: str) -> None:
    async with opened(database_url) as (store, queue):
        lease = await claimed(store, queue)
        record = await store.request_cancel(QUEUED.id)
        assert (record.status, record.cancel_requested) == (PlanStatus.RUNNING, True)
        assert await store.finish(lease, PlanStatus.CANCELLED, b"{}", None)
        assert (await store.get(QUEUED.id)).status is PlanStatus.CANCELLED


async def test_cancelling_an_ended_plan_changes_nothing(database_url: str) -> None:
    async with opened(database_url) as (store, queue):
        lease = await claimed(store, queue)
        await store.finish(lease, PlanStatus.SUCCEEDED, b"{}", None)
        before = await store.get(QUEUED.id)
        assert await store.request_cancel(QUEUED.id) == before


async def test_a_finished_plan_has_its_times_and_its_answer(database_url: str) -> None:
    async with opened(database_url) as (store, queue):
        lease = await claimed(store, queue)
        assert await store.finish(lease, PlanStatus.SUCCEEDED, b'{"routes": []}', None)
        record = await store.get(QUEUED.id)
        assert (record.status, record.plan, record.error) == (PlanStatus.SUCCEEDED, b'{"routes": []}', None)
        assert record.attempt == 1
        assert record.started_at is not None
        assert record.finished_at is not None
        assert record.started_at <= record.finished_at


async def test_a_failed_plan_keeps_its_best_so_far_and_says_why(database_url: str) -> None:
    async with opened(database_url) as (store, queue):
        lease = await claimed(store, queue)
        assert await store.save_progress(lease, b'{"best": 1}')
        assert await store.finish(lease, PlanStatus.FAILED, None, "the road engine does not answer")
        record = await store.get(QUEUED.id)
        assert (record.status, record.plan) == (PlanStatus.FAILED, b'{"best": 1}')
        assert record.error == "the road engine does not answer"


async def test_a_plan_ends_once(database_url: str) -> None:
    async with opened(database_url) as (store, queue):
        lease = await claimed(store, queue)
        assert await store.finish(lease, PlanStatus.SUCCEEDED, b"first", None)
        assert not await store.finish(lease, PlanStatus.FAILED, b"second", "late")
        assert not await store.save_progress(lease, b"second")
        assert (await store.get(QUEUED.id)).plan == b"first"


async def test_nothing_is_written_under_a_lease_that_was_never_given(database_url: str) -> None:
    async with opened(database_url) as (store, queue):
        lease = await claimed(store, queue)
        forged = replace(lease, token=str(uuid4()))
        assert not await store.save_progress(forged, b"forged")
        assert not await store.finish(forged, PlanStatus.SUCCEEDED, b"forged", None)
        assert (await store.get(QUEUED.id)).plan is None


async def test_a_plan_does_not_end_as_running(database_url: str) -> None:
    async with opened(database_url) as (store, queue):
        lease = await claimed(store, queue)
        with pytest.raises(ValueError, match="does not end as running"):
            await store.finish(lease, PlanStatus.RUNNING, None, None)


async def test_changes_tell_the_whole_life_of_a_plan(database_url: str) -> None:
    """Each change is made only after the one before was told, so that none may be told together."""
    async with opened(database_url) as (store, queue):
        await store.add(QUEUED)
        async with aclosing(store.changes(QUEUED.id)) as changes, asyncio.timeout(10):
            assert await anext(changes) is PlanStatus.QUEUED
            lease = await queue.claim("worker")
            assert lease is not None
            assert await anext(changes) is PlanStatus.RUNNING
            await store.save_progress(lease, b"better")
            assert await anext(changes) is PlanStatus.RUNNING
            await store.finish(lease, PlanStatus.SUCCEEDED, b"best", None)
            assert await anext(changes) is PlanStatus.SUCCEEDED
            with pytest.raises(StopAsyncIteration):
                await anext(changes)


async def test_changes_reach_a_listener_in_another_process(database_url: str) -> None:
    """Two stores share nothing but the database."""
    async with opened(database_url) as (here, queue), opened(database_url) as (there, _):
        await here.add(QUEUED)
        async with aclosing(there.changes(QUEUED.id)) as changes, asyncio.timeout(10):
            assert await anext(changes) is PlanStatus.QUEUED
            await queue.claim("worker")
            assert await anext(changes) is PlanStatus.RUNNING


async def test_changes_of_an_ended_plan_are_its_end_and_no_more(database_url: str) -> None:
    async with opened(database_url) as (store, queue):
        lease = await claimed(store, queue)
        await store.finish(lease, PlanStatus.SUCCEEDED, b"{}", None)
        assert [status async for status in store.changes(QUEUED.id)] == [PlanStatus.SUCCEEDED]


async def test_the_store_is_healthy_once_migrated(database_url: str) -> None:
    async with opened(database_url) as (store, _):
        await store.health()


async def test_the_store_is_not_healthy_before(empty_database_url: str) -> None:
    async with opened(empty_database_url) as (store, _):
        with pytest.raises(StoreUnavailable):
            await store.health()


async def test_a_closed_store_says_that_it_is_unavailable(database_url: str) -> None:
    async with opened(database_url) as (store, _):
        pass
    with pytest.raises(StoreUnavailable):
        await store.get(QUEUED.id)

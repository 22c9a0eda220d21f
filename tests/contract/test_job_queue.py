"""What every JobQueue promises, shown on PostgreSQL.

A worker that died is played by one whose lease is no longer than nothing: it has run out at once.
"""

import asyncio
import time
from collections import Counter
from datetime import timedelta

import pytest

from router.adapters.postgres.job_queue import LEASE
from router.domain.records import PlanStatus
from router.domain.tenants import LOCAL
from router.errors import PlanConflict
from tests.submissions import SOME_PROGRESS, a_submission, claimed, opened

pytestmark = pytest.mark.alone

NO_LEASE = timedelta(0)


async def test_an_empty_queue_gives_nothing(database_url: str) -> None:
    async with opened(database_url) as house:
        assert await house.queue.claim("worker") is None


async def test_the_plan_handed_in_first_comes_first(database_url: str) -> None:
    """The order in which they were kept counts, not the clocks of those who took them in."""
    async with opened(database_url) as house:
        for number in (2, 1, 3):
            await house.store.accept(a_submission(number))
        claims = [await house.queue.claim("worker") for _ in range(3)]
        assert [lease.plan_id for lease in claims if lease] == ["local-002", "local-001", "local-003"]


async def test_a_claim_brings_the_request_and_counts_the_attempt(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(a_submission(7))
        lease = await house.queue.claim("worker")
        assert lease is not None
        assert (lease.request, lease.attempt) == (b"7", 1)
        record = await house.store.get(LOCAL, "local-007")
        assert (record.status, record.attempt) == (PlanStatus.RUNNING, 1)


async def test_fifty_claims_at_once_never_take_the_same_plan(database_url: str) -> None:
    async with opened(database_url) as house:
        for number in range(50):
            await house.store.accept(a_submission(number))
        taken: Counter[str] = Counter()

        async def work(name: str) -> None:
            while (lease := await house.queue.claim(name)) is not None:
                taken[lease.plan_id] += 1

        await asyncio.gather(*(work(f"worker-{number}") for number in range(50)))
        assert taken == {a_submission(number).plan_id: 1 for number in range(50)}


async def test_fifty_claims_at_once_on_one_plan_have_one_winner(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(a_submission(1))
        claims = await asyncio.gather(*(house.queue.claim(f"worker-{number}") for number in range(50)))
        assert sum(lease is not None for lease in claims) == 1


async def test_a_plan_in_work_is_not_handed_out(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(a_submission(1))
        assert await house.queue.claim("first") is not None
        assert await house.queue.claim("second") is None


async def test_the_plan_of_a_dead_worker_is_handed_out_again_and_before_those_waiting(
    database_url: str,
) -> None:
    async with (
        opened(database_url, lease=NO_LEASE) as dying,
        opened(database_url) as living,
    ):
        await dying.store.accept(a_submission(5))
        first = await dying.queue.claim("dying")
        await dying.store.accept(a_submission(1))
        second = await living.queue.claim("living")
        assert first is not None
        assert second is not None
        assert (second.plan_id, second.attempt) == (first.plan_id, 2)
        assert second.token != first.token


async def test_a_frozen_worker_that_wakes_changes_nothing(database_url: str) -> None:
    async with (
        opened(database_url, lease=NO_LEASE) as freezing,
        opened(database_url) as living,
    ):
        await freezing.store.accept(a_submission(1))
        old = await freezing.queue.claim("frozen")
        new = await living.queue.claim("living")
        assert old is not None
        assert new is not None
        assert not await freezing.store.save_progress(old, b"old", SOME_PROGRESS)
        assert not await freezing.store.finish(old, PlanStatus.SUCCEEDED, b"old", None)
        with pytest.raises(PlanConflict):
            await freezing.queue.heartbeat(old)
        assert await freezing.store.finish(new, PlanStatus.SUCCEEDED, b"new", None)
        assert (await freezing.store.get(LOCAL, "local-001")).plan == b"new"


async def test_a_heartbeat_keeps_the_plan(database_url: str) -> None:
    """A lease that had run out, but that nobody else took, is good again after a heartbeat."""
    async with (
        opened(database_url, lease=NO_LEASE) as late,
        opened(database_url) as in_time,
    ):
        await late.store.accept(a_submission(1))
        lease = await late.queue.claim("worker")
        assert lease is not None
        assert await in_time.queue.heartbeat(lease) is False
        assert await in_time.queue.claim("another") is None


async def test_a_heartbeat_tells_that_cancelling_was_asked_for(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(a_submission(1))
        lease = await house.queue.claim("worker")
        assert lease is not None
        await house.store.request_cancel(LOCAL, "local-001")
        assert await house.queue.heartbeat(lease) is True


async def test_a_heartbeat_after_the_end_is_refused(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(a_submission(1))
        lease = await house.queue.claim("worker")
        assert lease is not None
        await house.store.finish(lease, PlanStatus.SUCCEEDED, b"{}", None)
        with pytest.raises(PlanConflict):
            await house.queue.heartbeat(lease)


async def test_a_plan_that_kills_every_worker_fails_and_says_so(database_url: str) -> None:
    async with opened(database_url, lease=NO_LEASE, most_attempts=3) as house:
        await house.store.accept(a_submission(1))
        assert [bool(await house.queue.claim("dying")) for _ in range(4)] == [True, True, True, False]
        record = await house.store.get(LOCAL, "local-001")
        assert (record.status, record.attempt) == (PlanStatus.FAILED, 3)
        assert record.error == "given up after 3 attempts: each time the worker died"


async def test_a_poison_plan_is_failed_once_however_many_look(database_url: str) -> None:
    async with opened(database_url, lease=NO_LEASE, most_attempts=1) as house:
        await house.store.accept(a_submission(1))
        await house.queue.claim("dying")
        claims = await asyncio.gather(*(house.queue.claim(f"worker-{number}") for number in range(20)))
        assert claims == [None] * 20
        assert (await house.store.get(LOCAL, "local-001")).attempt == 1


async def test_a_plan_to_be_cancelled_whose_worker_died_is_cancelled(database_url: str) -> None:
    async with opened(database_url, lease=NO_LEASE) as house:
        await house.store.accept(a_submission(1))
        lease = await house.queue.claim("dying")
        assert lease is not None
        await house.store.save_progress(lease, b"best so far", SOME_PROGRESS)
        await house.store.request_cancel(LOCAL, "local-001")
        assert await house.queue.claim("living") is None
        record = await house.store.get(LOCAL, "local-001")
        assert (record.status, record.plan, record.error) == (PlanStatus.CANCELLED, b"best so far", None)


async def test_a_plan_handed_back_is_claimed_again_at_once_and_the_old_lease_is_void(
    database_url: str,
) -> None:
    async with opened(database_url) as house:
        await house.store.accept(a_submission(1))
        first = await house.queue.claim("stopping")
        assert first is not None
        assert await house.queue.release(first, counts=False)
        second = await house.queue.claim("living")
        assert second is not None
        assert (second.plan_id, second.attempt) == ("local-001", 1)
        assert not await house.queue.release(first, counts=False)
        assert not await house.store.save_progress(first, b"old", SOME_PROGRESS)


async def test_a_plan_handed_back_too_often_fails_where_the_attempts_count(database_url: str) -> None:
    async with opened(database_url, most_attempts=2) as house:
        await house.store.accept(a_submission(1))
        for _ in range(2):
            lease = await house.queue.claim("crashing")
            assert lease is not None
            await house.queue.release(lease, counts=True)
        assert await house.queue.claim("crashing") is None
        assert (await house.store.get(LOCAL, "local-001")).status is PlanStatus.FAILED


@pytest.mark.parametrize("counts", [True, False])
async def test_a_plan_handed_back_is_taken_up_at_once(database_url: str, *, counts: bool) -> None:
    """It is claimed before those that wait, and the attempt of the first worker is counted or not."""
    async with opened(database_url) as house:
        await house.store.accept(a_submission(5))
        first = await house.queue.claim("stopping")
        await house.store.accept(a_submission(1))
        assert first is not None
        assert await house.queue.release(first, counts=counts)
        second = await house.queue.claim("staying")
        assert second is not None
        assert (second.plan_id, second.attempt) == ("local-005", 2 if counts else 1)


async def test_a_plan_handed_back_is_no_longer_its_old_workers(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(a_submission(1))
        lease = await house.queue.claim("worker")
        assert lease is not None
        assert await house.queue.release(lease, counts=False)
        assert not await house.queue.release(lease, counts=False)
        assert not await house.store.finish(lease, PlanStatus.SUCCEEDED, b"late", None)
        with pytest.raises(PlanConflict):
            await house.queue.heartbeat(lease)


async def test_an_idle_worker_is_woken_by_a_new_plan(database_url: str) -> None:
    """It waits for up to a minute, but the plan that another process adds wakes it."""
    async with opened(database_url) as house, opened(database_url) as other, asyncio.timeout(10):
        waiting = asyncio.create_task(house.queue.wait_for_work(60))
        await other.store.accept(a_submission(1))
        await waiting


async def test_a_plan_added_before_the_worker_waits_is_not_overlooked(database_url: str) -> None:
    async with opened(database_url) as house, asyncio.timeout(10):
        await house.store.accept(a_submission(1))
        await house.queue.wait_for_work(60)


async def test_an_idle_worker_is_woken_when_a_lease_runs_out(database_url: str) -> None:
    async with opened(database_url, lease=timedelta(seconds=1)) as house, asyncio.timeout(10):
        await house.store.accept(a_submission(1))
        assert await house.queue.claim("dying") is not None
        await house.queue.wait_for_work(60)
        assert await house.queue.claim("living") is not None


async def test_waiting_ends_when_nothing_comes(database_url: str) -> None:
    async with opened(database_url) as house:
        start = time.monotonic()
        await house.queue.wait_for_work(0.2)
        assert 0.15 <= time.monotonic() - start < 5


async def test_a_dead_worker_costs_at_most_fifteen_seconds(database_url: str) -> None:
    """The lease bounds how long a plan lies with a dead worker, since an idle one wakes when it runs out."""
    async with opened(database_url) as house:
        assert timedelta(seconds=15) > LEASE
        assert house.queue.heartbeat_seconds * 3 <= LEASE.total_seconds()


async def test_plans_that_ended_long_ago_are_swept_and_no_others(database_url: str) -> None:
    async with opened(database_url) as house:
        for number in range(1, 5):
            await house.store.accept(a_submission(number))
        for _ in range(2):
            await house.store.finish(await claimed(house), PlanStatus.SUCCEEDED, b"{}", None)
        await claimed(house)
        await house.database.row(
            "*", "update plan set finished_at = finished_at - interval '31 days' where id = 'local-001'"
        )
        assert await house.queue.sweep(timedelta(days=30)) == 1
        listed = await house.store.list_plans(LOCAL, status=None, page_size=9, page_token=None)
        assert [plan.id for plan in listed.plans] == ["local-004", "local-003", "local-002"]
        assert await house.queue.sweep(timedelta(0)) == 1
        listed = await house.store.list_plans(LOCAL, status=None, page_size=9, page_token=None)
        assert [plan.status for plan in listed.plans] == [PlanStatus.QUEUED, PlanStatus.RUNNING]


async def test_more_plans_are_swept_than_one_statement_erases(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.database.row(
            "*",
            "insert into plan (id, tenant, name, request, created_at, status, finished_at)"
            " select n, 'local', '', '', now(), 'failed', now() - interval '1 hour' from generate_series(1, 250) n",
        )
        assert await house.queue.sweep(timedelta(minutes=30)) == 250

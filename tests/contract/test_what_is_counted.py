"""What the queue and the store tell those who count: who waited how long, what ended, how much there is to do."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from prometheus_client import CollectorRegistry

from router.adapters.postgres.database import EVERY_TENANT, Database
from router.adapters.postgres.heartbeat import PostgresHeartbeatTenancy
from router.adapters.postgres.job_queue import PostgresJobQueue
from router.adapters.postgres.plan_store import PostgresPlanStore
from router.adapters.postgres.queue_state import PostgresQueueGauge
from router.adapters.prometheus.collectors import QueueCollector
from router.domain.records import Connections, PlanStatus, QueueState
from router.domain.tenants import HEARTBEAT, LOCAL, ApiKey, Tenant, TenantId
from router.errors import DomainError, PlanNotFound, UnknownTenant
from tests.submissions import a_submission, claimed, opened


async def test_whoever_gives_plans_up_is_told_once_how_each_ended(database_url: str) -> None:
    async with opened(database_url) as house:
        told: list[PlanStatus] = []
        queue = PostgresJobQueue(house.database, most_attempts=1, on_given_up=told.append)
        await house.store.accept(a_submission(1))
        await house.store.accept(a_submission(2))
        lease = await claimed(house)
        await house.store.request_cancel(LOCAL, lease.plan_id)
        await claimed(house)
        await house.database.row(EVERY_TENANT, "update plan set lease_expires_at = now() - interval '1 s'")
        assert [await queue.claim("living") for _ in range(3)] == [None] * 3
        assert sorted(told) == [PlanStatus.CANCELLED, PlanStatus.FAILED]


async def test_the_first_lease_of_a_plan_tells_how_long_it_waited_and_no_other_does(
    database_url: str,
) -> None:
    async with opened(database_url) as house:
        await house.store.accept(
            replace(a_submission(1), created_at=datetime.now(UTC) - timedelta(seconds=90))
        )
        first = await house.queue.claim("stopping")
        assert first is not None
        assert first.waited_seconds is not None
        assert 90 <= first.waited_seconds < 180
        await house.queue.release(first, counts=False)
        second = await house.queue.claim("living")
        assert second is not None
        assert second.waited_seconds is None


async def test_a_replan_that_comes_in_while_a_worker_waits_for_its_turn_is_claimed_as_a_replan(
    database_url: str,
) -> None:
    """Claims go one at a time: what a worker sees is as old as its wait, unless it looks again."""
    blocking = await asyncpg.connect(database_url)
    async with opened(database_url) as house:
        turn = blocking.transaction()
        await turn.start()
        await blocking.execute("select pg_advisory_xact_lock(x'636c61696d'::bigint)")
        claiming = asyncio.create_task(house.queue.claim("worker"))
        while not await house.database.rows(EVERY_TENANT, "select from pg_locks where not granted"):
            await asyncio.sleep(0.01)
        await house.store.accept(replace(a_submission(1), replan=b"what has changed"))
        await turn.rollback()
        lease = await claiming
        assert lease is not None
        assert lease.replan == b"what has changed"
    await blocking.close()


async def test_how_much_there_is_to_do_is_told_for_all_tenants_but_the_services_own(
    database_url: str,
) -> None:
    async with opened(database_url) as house:
        gauge = PostgresQueueGauge(house.database)
        assert await gauge.state() == QueueState(queued=0, running=0, oldest_seconds=0.0, undelivered=0)
        await PostgresHeartbeatTenancy(house.database).clear(timedelta(0))
        await house.registry.put_tenant(Tenant(id=TenantId("big")))
        await house.store.accept(a_submission(1, webhook_url="https://shop.example"))
        await house.queue.claim("worker")
        await house.store.accept(a_submission(2, tenant="big", webhook_url="https://shop.example"))
        await house.store.request_cancel(TenantId("big"), "big-002")
        waiting = datetime.now(UTC) - timedelta(seconds=50)
        await house.store.accept(replace(a_submission(3, tenant="big"), created_at=waiting))
        await house.store.accept(a_submission(4, tenant=HEARTBEAT))
        state = await gauge.state()
        assert (state.queued, state.running, state.undelivered) == (1, 1, 1)
        assert 50 <= state.oldest_seconds < 120


async def test_a_database_that_hangs_holds_nobody_up_who_asks_how_much_there_is_to_do(
    database_url: str,
) -> None:
    """What was known before is shown, until it is too old."""
    blocking = await asyncpg.connect(database_url)
    async with opened(database_url) as house:
        await house.store.accept(a_submission(1))
        gauge, registry = PostgresQueueGauge(house.database), CollectorRegistry()
        collector = QueueCollector(gauge, registry)
        forgetful = QueueCollector(gauge, CollectorRegistry(), stale_seconds=0.0)
        await asyncio.gather(collector.refresh(), forgetful.refresh())
        turn = blocking.transaction()
        await turn.start()
        await blocking.execute("lock table plan in access exclusive mode")
        asleep = QueueCollector(gauge, CollectorRegistry())
        began = time.monotonic()
        await asleep.refresh()
        assert 0.4 < time.monotonic() - began < 5
        # Before the table is let go: a late answer is as good as any other.
        assert list(asleep.collect()) == []
        assert list(forgetful.collect()) == []
        assert registry.get_sample_value("selat_queue_plans", {"status": "queued"}) == 1
        await turn.rollback()
    await blocking.close()


async def test_however_many_ask_the_database_is_asked_once_in_a_while(database_url: str) -> None:
    async with opened(database_url) as house:
        registry = CollectorRegistry()
        gauge = PostgresQueueGauge(house.database)
        collector = QueueCollector(gauge, registry, seconds_between_looks=3600)
        await collector.refresh()
        await house.store.accept(a_submission(1))
        await asyncio.gather(*(collector.refresh() for _ in range(20)))
        assert registry.get_sample_value("selat_queue_plans", {"status": "queued"}) == 0


async def test_a_plan_that_is_cancelled_while_it_waits_is_told_of_once_and_a_running_one_is_not(
    database_url: str,
) -> None:
    async with opened(database_url) as house:
        told: list[str] = []
        store = PostgresPlanStore(house.database, on_cancelled=lambda: told.append("cancelled"))
        await store.accept(a_submission(1))
        await claimed(house)
        await store.accept(a_submission(2))
        for plan_id in ("local-001", "local-002", "local-002"):
            await store.request_cancel(LOCAL, plan_id)
        assert told == ["cancelled"]


async def test_connections_are_counted_and_each_wait_for_one_is_told(database_url: str) -> None:
    waits: list[float] = []
    async with Database(database_url, pool_size=1, on_wait=waits.append) as database:
        assert database.connections == Connections(idle=0, used=0, limit=1)
        slow = asyncio.create_task(database.row(EVERY_TENANT, "select pg_sleep(0.3)"))
        while database.connections.used == 0:
            await asyncio.sleep(0.01)
        await database.row(EVERY_TENANT, "select 1")
        await slow
        assert database.connections == Connections(idle=1, used=0, limit=1)
    assert len(waits) == 2
    assert waits[1] > 0.1


async def test_the_tenant_of_the_services_own_plans_is_nobodys(database_url: str) -> None:
    async with opened(database_url) as house:
        await PostgresHeartbeatTenancy(house.database).clear(timedelta(0))
        assert [tenant.id for tenant in await house.registry.tenants()] == [LOCAL]
        key = ApiKey(
            id="k",
            tenant_id=HEARTBEAT,
            scopes=frozenset(),
            label="",
            created_at=datetime.now(UTC),
            revoked_at=None,
        )
        with pytest.raises(UnknownTenant):
            await house.registry.add_key(key, b"digest")
        with pytest.raises(DomainError, match="take another"):
            Tenant(id=HEARTBEAT)


async def test_clearing_up_after_heartbeats_takes_old_ones_of_theirs_and_nothing_else(
    database_url: str,
) -> None:
    async with opened(database_url) as house:
        tenancy, now = PostgresHeartbeatTenancy(house.database), datetime.now(UTC)
        await tenancy.clear(timedelta(0))
        for number, tenant, age in ((1, HEARTBEAT, 600), (2, HEARTBEAT, 0), (3, LOCAL, 600)):
            made = now - timedelta(seconds=age)
            await house.store.accept(replace(a_submission(number, tenant=tenant), created_at=made))
        await tenancy.clear(timedelta(minutes=2))
        await house.store.get(HEARTBEAT, f"{HEARTBEAT}-002")
        await house.store.get(LOCAL, "local-003")
        with pytest.raises(PlanNotFound):
            await house.store.get(HEARTBEAT, f"{HEARTBEAT}-001")

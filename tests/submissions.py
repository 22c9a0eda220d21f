"""Plans to hand in, and a store and a queue to hand them in to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from router.adapters.postgres.database import Database
from router.adapters.postgres.job_queue import LEASE, PostgresJobQueue
from router.adapters.postgres.plan_store import PostgresPlanStore
from router.adapters.postgres.registry import PostgresRegistry
from router.domain.records import IdempotencyKey, Lease, Progress, Submission
from router.domain.tenants import LOCAL, TenantId
from router.ports import JobQueue, PlanStore, Registry

MORNING = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
"""When the plans are handed in: an hour ago, since the database forgets idempotency keys by its own clock."""
SOME_PROGRESS = Progress(cost=1250.5, served=3, seconds=1.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything that stands on one database."""

    store: PlanStore
    queue: JobQueue
    registry: Registry
    database: Database


@asynccontextmanager
async def opened(url: str, *, lease: timedelta = LEASE, most_attempts: int = 3) -> AsyncIterator[House]:
    """Give a house on a database.

    Its store looks so seldom by itself that only a notification can be what wakes a test.
    """
    async with Database(url, pool_size=20) as database:
        yield House(
            store=PostgresPlanStore(database, look_again_seconds=60),
            queue=PostgresJobQueue(database, lease=lease, most_attempts=most_attempts),
            registry=PostgresRegistry(database),
            database=database,
        )


def a_submission(
    number: int = 1,
    *,
    tenant: str = LOCAL,
    work: int = 1,
    key: str | None = None,
    digest: bytes = b"digest",
    webhook_url: str | None = None,
) -> Submission:
    """Return the plan ``<tenant>-<number>``, made so many seconds after ``MORNING``."""
    return Submission(
        tenant_id=TenantId(tenant),
        plan_id=f"{tenant}-{number:03d}",
        name="morning wave",
        request=str(number).encode(),
        warnings=b"[]",
        created_at=MORNING + timedelta(seconds=number),
        work=work,
        idempotency=None if key is None else IdempotencyKey(value=key, digest=digest),
        webhook_url=webhook_url,
    )


async def claimed(house: House, worker: str = "worker") -> Lease:
    """Return the lease of the next plan; there is one."""
    lease = await house.queue.claim(worker)
    assert lease is not None
    return lease

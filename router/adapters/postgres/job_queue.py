"""The queue: the plans still to be done, straight from their table."""

from collections.abc import Callable
from datetime import timedelta

import asyncpg

from router.adapters.postgres.database import EVERY_TENANT, Database
from router.adapters.postgres.plan_feed import set_within
from router.adapters.postgres.statements import statement
from router.domain.records import Lease, PlanStatus
from router.domain.tenants import HEARTBEAT, TenantId
from router.errors import PlanConflict

LEASE = timedelta(seconds=12)
"""How long after its last heartbeat a worker is taken for dead; a heartbeat every 4 s may fail twice."""

MOST_ATTEMPTS = 3

NEWS_OF_WORK = (
    PlanStatus.QUEUED,
    "released",
    # An end may make room for another plan of a tenant at its cap.
    PlanStatus.SUCCEEDED,
    PlanStatus.FAILED,
    PlanStatus.CANCELLED,
    "deleted",
)
"""Words of notifications after which there may be something to claim."""


class PostgresJobQueue:
    """A ``JobQueue`` over the plan table. All times are the database's, so clocks of workers may differ."""

    def __init__(
        self,
        database: Database,
        *,
        lease: timedelta = LEASE,
        most_attempts: int = MOST_ATTEMPTS,
        on_given_up: Callable[[PlanStatus], None] = lambda _: None,
    ) -> None:
        """Use an open database.

        Args:
            database: Where the plans are.
            lease: How long a plan stays with a worker that gives no sign of life.
            most_attempts: After so many dead workers a plan fails, since it may be what kills them.
            on_given_up: Is told how a plan ended that ``claim`` found without a worker and did not hand out again.
        """
        self._database = database
        self._lease = lease
        self._most_attempts = most_attempts
        self._on_given_up = on_given_up

    @property
    def heartbeat_seconds(self) -> float:
        """How often a worker should give a sign of life: three times a lease; see the port."""
        return self._lease.total_seconds() / 3

    async def claim(self, worker: str) -> Lease | None:
        """Take the next plan; see the port."""
        rows = await self._database.rows(
            EVERY_TENANT, statement("claim_plan"), worker, self._lease, self._most_attempts
        )
        for row in rows:
            if row["lease"] is None and row["tenant"] != HEARTBEAT:
                self._on_given_up(PlanStatus(row["status"]))
        return _lease(rows[-1]) if rows and rows[-1]["lease"] is not None else None

    async def heartbeat(self, lease: Lease) -> bool:
        """Say that the work goes on; see the port."""
        arguments = (lease.plan_id, lease.token, self._lease)
        row = await self._database.row(lease.tenant_id, statement("extend_lease"), *arguments)
        if row is None:
            raise PlanConflict(f"plan {lease.plan_id} is no longer this worker's, attempt {lease.attempt}")
        return bool(row["cancel_requested"])

    async def release(self, lease: Lease, *, counts: bool) -> bool:
        """Hand a plan back; see the port."""
        arguments = (lease.plan_id, lease.token, counts)
        return await self._database.row(lease.tenant_id, statement("release_plan"), *arguments) is not None

    async def wait_for_work(self, seconds: float) -> None:
        """Wait for a new plan, or for a lease to run out; see the port."""
        with self._database.feed.subscribe(*NEWS_OF_WORK) as news:
            row = await self._database.row(EVERY_TENANT, statement("next_work"))
            if row is not None and row[0] is not None:
                seconds = min(seconds, row[0].total_seconds())
            await set_within(seconds, news)

    async def sweep(self, keep: timedelta) -> int:
        """Erase plans that ended long ago; see the port."""
        swept = 0
        while rows := await self._database.rows(EVERY_TENANT, statement("sweep_plans"), keep):
            swept += len(rows)
        return swept


def _lease(row: asyncpg.Record) -> Lease:
    return Lease(
        tenant_id=TenantId(row["tenant"]),
        plan_id=row["id"],
        token=row["lease"],
        request=row["request"],
        attempt=row["attempt"],
        plan=row["plan"],
        replan=row["replan"],
        waited_seconds=None if row["waited"] is None else row["waited"].total_seconds(),
    )

"""Plans, kept in PostgreSQL."""

from collections.abc import AsyncGenerator

import asyncpg

from router.adapters.postgres.database import Database
from router.adapters.postgres.plan_feed import set_within
from router.adapters.postgres.statements import migrations, statement
from router.errors import PlanConflict, PlanNotFound, StoreUnavailable
from router.ports import Lease, PlanRecord, PlanStatus

LOOK_AGAIN_SECONDS = 5.0


class PostgresPlanStore:
    """A ``PlanStore`` that changes a plan by one statement at a time, so that no two changes meet halfway."""

    def __init__(self, database: Database, *, look_again_seconds: float = LOOK_AGAIN_SECONDS) -> None:
        """Use an open database; ``look_again_seconds`` bounds how late a lost notification is made up for."""
        self._database = database
        self._look_again_seconds = look_again_seconds
        self._add = statement("add_plan")
        self._get = statement("get_plan")
        self._watch = statement("watch_plan")
        self._request_cancel = statement("request_cancel")
        self._save_progress = statement("save_progress")
        self._finish = statement("finish_plan")
        self._newest_migration = statement("newest_migration")

    async def add(self, record: PlanRecord) -> None:
        """Keep a new, queued plan; see the port."""
        if record.status is not PlanStatus.QUEUED:
            raise ValueError(f"a new plan is queued, not {record.status}")
        try:
            await self._database.row(
                self._add, record.id, record.name, record.request, record.warnings, record.created_at
            )
        except asyncpg.UniqueViolationError as error:
            raise PlanConflict(f"there is a plan {record.id} already") from error

    async def get(self, plan_id: str) -> PlanRecord:
        """Return the plan; see the port."""
        row = await self._row_of(plan_id, self._get)
        return PlanRecord(**{**row, "status": PlanStatus(row["status"])})

    async def request_cancel(self, plan_id: str) -> PlanRecord:
        """Ask for the search to end; see the port."""
        await self.get(plan_id)
        await self._database.row(self._request_cancel, plan_id)
        return await self.get(plan_id)

    async def save_progress(self, lease: Lease, plan: bytes) -> bool:
        """Keep the best so far; see the port."""
        return await self._database.row(self._save_progress, lease.plan_id, lease.token, plan) is not None

    async def finish(self, lease: Lease, status: PlanStatus, plan: bytes | None, error: str | None) -> bool:
        """End the plan; see the port."""
        if not status.ended:
            raise ValueError(f"a plan does not end as {status}")
        row = await self._database.row(self._finish, lease.plan_id, lease.token, status.value, plan, error)
        return row is not None

    async def changes(self, plan_id: str) -> AsyncGenerator[PlanStatus, None]:
        """Yield the status now and after every change; see the port."""
        seen = None
        with self._database.feed.subscribe(plan_id) as changed:
            while True:
                changed.clear()
                row = await self._row_of(plan_id, self._watch)
                status = PlanStatus(row["status"])
                if row["revision"] != seen:
                    seen = row["revision"]
                    yield status
                if status.ended:
                    return
                await set_within(self._look_again_seconds, changed)

    async def health(self) -> None:
        """Look whether plans can be kept; see the port."""
        row = await self._database.row(self._newest_migration)
        newest = migrations()[-1][0]
        if row is None or row[0] is None or row[0] < newest:
            raise StoreUnavailable(f"the database lacks migration {newest:04d}: run `router migrate`")

    async def _row_of(self, plan_id: str, sql: str) -> asyncpg.Record:
        try:
            row = await self._database.row(sql, plan_id)
        except asyncpg.DataError:  # no text that the database could hold, such as one with a NUL in it
            row = None
        if row is None:
            raise PlanNotFound(f"there is no plan {plan_id!r}")
        return row

"""Plans, kept in PostgreSQL."""

from collections.abc import AsyncGenerator, Callable

import asyncpg
import orjson

from router.adapters.postgres.database import EVERY_TENANT, Database
from router.adapters.postgres.page_token import page_token, position_of
from router.adapters.postgres.plan_events import PlanEvents
from router.adapters.postgres.plan_feed import set_within
from router.adapters.postgres.statements import migrations, statement
from router.domain.records import (
    Accepted,
    Lease,
    PlanEvent,
    PlanPage,
    PlanRecord,
    PlanStatus,
    PlanSummary,
    Progress,
    Submission,
)
from router.domain.stored_timetables import TimetableUse
from router.domain.tenants import TenantId, Usage
from router.errors import (
    IdempotencyMismatch,
    PlanConflict,
    PlanNotFound,
    QuotaExceeded,
    RequestInFlight,
    StoreUnavailable,
    UnknownTenant,
)

LOOK_AGAIN_SECONDS = 5.0

EVENTS_OF_PROGRESS = 200
"""How many of a plan are kept."""


class PostgresPlanStore:
    """A ``PlanStore`` that changes a plan by one statement at a time, so that no two changes meet halfway."""

    def __init__(
        self,
        database: Database,
        *,
        look_again_seconds: float = LOOK_AGAIN_SECONDS,
        on_cancelled: Callable[[], None] = lambda: None,
    ) -> None:
        """Use an open database.

        Args:
            database: Where the plans are.
            look_again_seconds: Bounds how late a lost notification is made up for.
            on_cancelled: Is told of each plan that ends by being cancelled while it waits for a worker.
        """
        self._database = database
        self._on_cancelled = on_cancelled
        self._look_again_seconds = look_again_seconds
        self._events = PlanEvents(database, look_again_seconds)

    async def accept(self, submission: Submission) -> Accepted:
        """Keep a new, queued plan; see the port."""
        try:
            row = await self._database.row(
                submission.tenant_id, statement("accept_plan"), *_arguments(submission)
            )
        except asyncpg.UniqueViolationError as error:
            raise PlanConflict(f"there is a plan {submission.plan_id} already") from error
        except asyncpg.ForeignKeyViolationError as error:
            raise PlanConflict("a timetable of this plan was deleted at this very moment") from error
        assert row is not None, "the function always returns a row"  # noqa: S101
        _require_accepted(row, submission)
        if row["verdict"] == "accepted":
            return Accepted(record=_new_record(submission), replayed=False, usage=_usage(row))
        record = await self.get(submission.tenant_id, row["plan_id"])
        return Accepted(record=record, replayed=True, usage=_usage(row))

    async def get(self, tenant_id: TenantId, plan_id: str) -> PlanRecord:
        """Return the plan; see the port."""
        row = await self._row_of(tenant_id, plan_id, "get_plan")
        told = {
            "status": PlanStatus(row["status"]),
            "warnings": row["warnings"] or b"[]",
            "timetables": tuple(TimetableUse(**used) for used in orjson.loads(row["timetables"] or "[]")),
        }
        return PlanRecord(**{**row, **told})

    async def get_request(self, tenant_id: TenantId, plan_id: str) -> bytes:
        """Return the request body; see the port."""
        row = await self._row_of(tenant_id, plan_id, "get_request")
        return bytes(row["request"])

    async def get_replan(self, tenant_id: TenantId, plan_id: str) -> bytes | None:
        """Return what makes the plan a replan; see the port."""
        row = await self._database.row(tenant_id, statement("get_replan"), tenant_id, plan_id)
        return None if row is None else bytes(row["document"])

    async def list_plans(
        self, tenant_id: TenantId, *, status: PlanStatus | None, page_size: int, page_token: str | None
    ) -> PlanPage:
        """Return some of the tenant's plans; see the port."""
        created_at, plan_id = (None, None) if page_token is None else position_of(page_token)
        name, more = ("list_plans", ()) if status is None else ("list_plans_of_status", (status.value,))
        # One more than a page shows whether there is another.
        rows = await self._database.rows(
            tenant_id, statement(name), tenant_id, created_at, plan_id, page_size + 1, *more
        )
        plans = tuple(PlanSummary(**{**row, "status": PlanStatus(row["status"])}) for row in rows[:page_size])
        return PlanPage(plans=plans, next_token=_token_after(plans) if len(rows) > page_size else None)

    async def usage(self, tenant_id: TenantId) -> Usage | None:
        """Return what is left of the tenant's quota; see the port."""
        row = await self._database.row(tenant_id, statement("get_usage"), tenant_id)
        return None if row is None else _usage(row)

    async def request_cancel(self, tenant_id: TenantId, plan_id: str) -> PlanRecord:
        """Ask for the search to end; see the port."""
        await self._row_of(tenant_id, plan_id, "watch_plan")
        row = await self._database.row(tenant_id, statement("request_cancel"), tenant_id, plan_id)
        if row is not None and row["status"] == PlanStatus.CANCELLED:
            self._on_cancelled()
        return await self.get(tenant_id, plan_id)

    async def delete(self, tenant_id: TenantId, plan_id: str) -> None:
        """Erase the plan; see the port."""
        await self._row_of(tenant_id, plan_id, "delete_plan")

    async def save_progress(self, lease: Lease, plan: bytes, progress: Progress) -> bool:
        """Keep the best so far; see the port."""
        told = orjson.dumps(progress).decode()
        arguments = (lease.plan_id, lease.token, plan, told, EVENTS_OF_PROGRESS)
        return await self._database.row(lease.tenant_id, statement("save_progress"), *arguments) is not None

    async def finish(
        self,
        lease: Lease,
        status: PlanStatus,
        plan: bytes | None,
        error: str | None,
        *,
        warnings: bytes | None = None,
    ) -> bool:
        """End the plan; see the port."""
        if not status.ended:
            raise ValueError(f"a plan does not end as {status}")
        added = None if warnings is None else warnings.decode()
        arguments = (lease.plan_id, lease.token, status.value, plan, error, added)
        return await self._database.row(lease.tenant_id, statement("finish_plan"), *arguments) is not None

    async def changes(self, tenant_id: TenantId, plan_id: str) -> AsyncGenerator[PlanStatus, None]:
        """Yield the status now and after every change; see the port."""
        seen = None
        with self._database.feed.subscribe(plan_id) as changed:
            while True:
                changed.clear()
                row = await self._row_of(tenant_id, plan_id, "watch_plan")
                status = PlanStatus(row["status"])
                if row["revision"] != seen:
                    seen = row["revision"]
                    yield status
                if status.ended:
                    return
                await set_within(self._look_again_seconds, changed)

    def events(self, tenant_id: TenantId, plan_id: str, *, after: int = 0) -> AsyncGenerator[PlanEvent, None]:
        """Yield what happened and happens to the plan; see the port."""
        return self._events.follow(tenant_id, plan_id, after)

    async def health(self) -> None:
        """Look whether plans can be kept; see the port."""
        row = await self._database.row(EVERY_TENANT, statement("newest_migration"))
        newest = migrations()[-1][0]
        if row is None or row[0] is None or row[0] < newest:
            raise StoreUnavailable(f"the database lacks migration {newest:04d}: run `router migrate`")

    async def _row_of(self, tenant_id: TenantId, plan_id: str, name: str) -> asyncpg.Record:
        try:
            row = await self._database.row(tenant_id, statement(name), tenant_id, plan_id)
        except asyncpg.DataError:  # no text that the database could hold, such as one with a NUL in it
            row = None
        if row is None:
            raise PlanNotFound(f"there is no plan {plan_id!r}")
        return row


def _arguments(submission: Submission) -> tuple[object, ...]:
    key = submission.idempotency
    return (
        submission.tenant_id,
        submission.plan_id,
        submission.name,
        submission.request,
        submission.warnings,
        submission.created_at,
        submission.work,
        None if key is None else key.value,
        None if key is None else key.digest,
        submission.webhook_url,
        [used.name for used in submission.timetables],
        [used.version for used in submission.timetables],
        [used.sha256 for used in submission.timetables],
        submission.replan,
    )


def _require_accepted(row: asyncpg.Record, submission: Submission) -> None:
    match row["verdict"]:
        case "in_flight":
            raise RequestInFlight("a request with this Idempotency-Key is being accepted: ask again")
        case "mismatch":
            raise IdempotencyMismatch("this Idempotency-Key was used for another request")
        case "unknown_tenant":
            raise UnknownTenant(f"there is no tenant {submission.tenant_id}")
        case "quota_exceeded":
            raise QuotaExceeded(
                asked=submission.work,
                limit=row["quota"],
                remaining=row["remaining"],
                reset_seconds=row["reset"],
                period_seconds=row["quota_period"],
            )


def _new_record(submission: Submission) -> PlanRecord:
    return PlanRecord(
        id=submission.plan_id,
        name=submission.name,
        status=PlanStatus.QUEUED,
        created_at=submission.created_at,
        warnings=submission.warnings,
        timetables=submission.timetables,
    )


def _usage(row: asyncpg.Record) -> Usage | None:
    if row["quota"] is None:
        return None
    return Usage(
        limit=row["quota"],
        remaining=row["remaining"],
        reset_seconds=row["reset"],
        period_seconds=row["quota_period"],
    )


def _token_after(plans: tuple[PlanSummary, ...]) -> str:
    return page_token(plans[-1].created_at, plans[-1].id)

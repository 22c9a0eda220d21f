"""What happens while a caller waits: find all faults of a request, keep it, follow what becomes of it."""

import asyncio
import contextlib
import hashlib
import math
from dataclasses import dataclass
from functools import partial

from router.domain.records import Accepted, IdempotencyKey, PlanRecord, Submission
from router.domain.stored_timetables import KeptTimetable, TimetableUse
from router.domain.tenants import HEARTBEAT, Caller, TenantId
from router.domain.violations import Violation
from router.ports import Clock, KeyRing, Observer, PlanStore, WebhookSender
from router.service.check_plan import check_body
from router.service.intake import Intake
from router.service.plan_id import new_plan_id
from router.service.timetables import Archives
from router.service.workshop import Workshop
from router.wire.faults import RequestWarning, refusal
from router.wire.ingest import to_problem
from router.wire.request import resolve_plan_request
from router.wire.resource import warnings_bytes
from router.wire.webhook_faults import webhook_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontDesk:
    """Everything that takes requests in and gives answers out; ``bootstrap`` staffs it.

    Attributes:
        intake: Reads requests.
        checks: Reads and checks plans; apart, since it may wait for a road engine.
    """

    intake: Intake
    checks: Intake
    timetables: Archives
    key_ring: KeyRing
    webhooks: WebhookSender
    store: PlanStore
    observer: Observer
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What there is to know of a sound request before it is solved: little, since it may come from another process.

    Attributes:
        work: Stops x seconds of its time limit.
        resolved: The request with the sailings of its timetables in it; ``None`` where it names none.
        timetables: Which those are.
    """

    name: str
    stops: int
    work: int
    webhook_url: str | None
    warnings: tuple[RequestWarning, ...]
    resolved: bytes | None
    timetables: tuple[TimetableUse, ...]


async def validate(body: bytes, caller: Caller, desk: FrontDesk) -> Understood:
    """Return what a plan request asks for; nothing is kept. A long request does not hold the event loop up.

    Timetables are those of the caller's tenant as they are now.

    Raises:
        InvalidRequest: names every fault.
    """
    stock = await desk.timetables.named_in(body, caller.tenant_id)
    understood = await desk.intake.read(body, partial(_understand, stock=stock))
    if understood.webhook_url is not None:
        objection = await desk.webhooks.objection(understood.webhook_url)
        if objection is not None:
            raise refusal([webhook_fault(objection)])
    return understood


async def submit(
    body: bytes, caller: Caller, desk: FrontDesk, *, idempotency_key: str | None = None
) -> Accepted:
    """Keep a request to be solved; when this returns, it will be, whatever dies.

    Raises:
        InvalidRequest: names every fault; nothing was kept.
        StoreUnavailable: whether it was kept is not known; with an idempotency key it can be sent again.
        QuotaExceeded, IdempotencyMismatch, RequestInFlight: as ``PlanStore.accept`` says; nothing was kept.
    """
    understood = await validate(body, caller, desk)
    submission = Submission(
        tenant_id=caller.tenant_id,
        plan_id=new_plan_id(desk.clock),
        name=understood.name,
        request=body if understood.resolved is None else understood.resolved,
        warnings=warnings_bytes(understood.warnings),
        created_at=desk.clock.now(),
        work=understood.work,
        idempotency=None if idempotency_key is None else identified(idempotency_key, body),
        webhook_url=understood.webhook_url,
        timetables=understood.timetables,
    )
    accepted = await desk.store.accept(submission)
    if not accepted.replayed and caller.tenant_id != HEARTBEAT:
        desk.observer.plan_accepted(understood.stops)
    return accepted


async def check(body: bytes, caller: Caller, desk: FrontDesk) -> tuple[Violation, ...]:
    """Return what the referee finds in a plan from elsewhere; see ``check_body``."""
    stock = await desk.timetables.named_in(body, caller.tenant_id)
    return await desk.checks.read(body, partial(check_body, stock=stock))


async def wait_for_end(tenant_id: TenantId, plan_id: str, seconds: float, desk: FrontDesk) -> PlanRecord:
    """Return the plan when it has ended, or as it is after so many seconds.

    Raises:
        PlanNotFound: there is no such plan.
    """
    with contextlib.suppress(TimeoutError):
        async with (
            asyncio.timeout(seconds),
            contextlib.aclosing(desk.store.changes(tenant_id, plan_id)) as changes,
        ):
            async for _ in changes:
                pass
    return await desk.store.get(tenant_id, plan_id)


def identified(key: str, body: bytes) -> IdempotencyKey:
    """Return an idempotency key with the digest of what it was sent with."""
    return IdempotencyKey(value=key, digest=hashlib.sha256(body).digest())


def _understand(body: bytes, workshop: Workshop, *, stock: tuple[KeptTimetable, ...]) -> Understood:
    resolved = resolve_plan_request(body, workshop.limits, workshop.land, stock)
    ingested = to_problem(resolved.request, workshop.land)
    stops = len(ingested.problem.stops)
    return Understood(
        name=ingested.problem.name,
        stops=stops,
        work=max(stops, 1) * math.ceil(ingested.budget.time_limit),
        webhook_url=ingested.webhook_url,
        warnings=(*resolved.merging.warnings, *ingested.warnings),
        resolved=None if resolved.body is body else resolved.body,
        timetables=resolved.merging.used,
    )

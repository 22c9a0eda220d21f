"""What happens while a caller waits: find all faults of a request, keep it, follow what becomes of it."""

import asyncio
import contextlib
import hashlib
import math
from dataclasses import dataclass

from router.domain.records import Accepted, IdempotencyKey, PlanRecord, Submission
from router.domain.tenants import Caller, TenantId
from router.domain.violations import Violation
from router.ports import Clock, KeyRing, Observer, PlanStore, WebhookSender
from router.service.check_plan import check_body
from router.service.intake import Intake
from router.service.plan_id import new_plan_id
from router.service.workshop import Workshop
from router.wire.faults import refusal
from router.wire.ingest import Ingested, to_problem
from router.wire.request import read_plan_request
from router.wire.resource import warnings_bytes
from router.wire.webhook_faults import webhook_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontDesk:
    """Everything that takes requests in and gives answers out; ``bootstrap`` staffs it."""

    intake: Intake
    key_ring: KeyRing
    webhooks: WebhookSender
    store: PlanStore
    observer: Observer
    clock: Clock


async def validate(body: bytes, desk: FrontDesk) -> Ingested:
    """Return what a plan request means; nothing is kept. A long request does not hold the event loop up.

    Raises:
        InvalidRequest: names every fault.
    """
    ingested = await desk.intake.read(body, _ingest)
    if ingested.webhook_url is not None:
        objection = await desk.webhooks.objection(ingested.webhook_url)
        if objection is not None:
            raise refusal([webhook_fault(objection)])
    return ingested


async def submit(
    body: bytes, caller: Caller, desk: FrontDesk, *, idempotency_key: str | None = None
) -> Accepted:
    """Keep a request to be solved; when this returns, it will be, whatever dies.

    Raises:
        InvalidRequest: names every fault; nothing was kept.
        StoreUnavailable: whether it was kept is not known; with an idempotency key it can be sent again.
        QuotaExceeded, IdempotencyMismatch, RequestInFlight: as ``PlanStore.accept`` says; nothing was kept.
    """
    ingested = await validate(body, desk)
    stops = len(ingested.problem.stops)
    submission = Submission(
        tenant_id=caller.tenant_id,
        plan_id=new_plan_id(desk.clock),
        name=ingested.problem.name,
        request=body,
        warnings=warnings_bytes(ingested.warnings),
        created_at=desk.clock.now(),
        work=max(stops, 1) * math.ceil(ingested.budget.time_limit),
        idempotency=None if idempotency_key is None else _identified(idempotency_key, body),
        webhook_url=ingested.webhook_url,
    )
    accepted = await desk.store.accept(submission)
    if not accepted.replayed:
        desk.observer.plan_accepted(stops)
    return accepted


async def check(body: bytes, desk: FrontDesk) -> tuple[Violation, ...]:
    """Return what the referee finds in a plan from elsewhere; see ``check_body``."""
    return await desk.intake.read(body, check_body)


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


def _identified(key: str, body: bytes) -> IdempotencyKey:
    return IdempotencyKey(value=key, digest=hashlib.sha256(body).digest())


def _ingest(body: bytes, workshop: Workshop) -> Ingested:
    return to_problem(read_plan_request(body, workshop.limits, workshop.land), workshop.land)

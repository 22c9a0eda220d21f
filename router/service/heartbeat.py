"""A plan of the service's own, sent through all of it every minute: who looks at it knows whether plans are made.

It takes the way of every other plan: read, accepted, queued, claimed by a worker, searched for in a solver process,
checked, written down and told. It belongs to a tenant that nobody has keys for, and is erased when it has ended.
"""

import asyncio
import contextlib
import hashlib
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files

import orjson
import structlog

from router.domain.plan import Plan
from router.domain.records import Accepted, PlanRecord, PlanStatus, SolveSummary
from router.domain.tenants import HEARTBEAT, Caller, TenantId
from router.errors import PlanNotFound, RequestInFlight, SelatError, StoreUnavailable
from router.ports import HeartbeatTenancy, PlanObserver
from router.service.front_desk import FrontDesk, submit, wait_for_end

TIME_LIMIT_SECONDS = 5
"""On a machine that is so busy that this is not enough something is wrong."""

SECONDS_TO_ASK_AGAIN = 0.2
CALLER = Caller(tenant_id=HEARTBEAT)


class Uncounted:
    """A ``PlanObserver`` for the service's own plans: of them only violations count."""

    def __init__(self, observer: PlanObserver) -> None:
        """Tell ``observer`` what counts."""
        self._observer = observer

    def plan_started(self, plan_id: str, waited_seconds: float) -> None:
        """Not counted."""

    def solve_ended(self, solve: SolveSummary) -> None:
        """Not counted."""

    def plan_ended(self, status: PlanStatus) -> None:
        """Not counted."""

    def plan_finished(self, plan: Plan, vehicles: int) -> None:
        """Not counted."""

    def check_failed(self, rules: Sequence[str]) -> None:
        """Counted: a plan of ours that is wrong is wrong, whoever asked for it."""
        self._observer.check_failed(rules)


def observer_of(tenant_id: TenantId, observer: PlanObserver) -> PlanObserver:
    """Return who is told what becomes of a tenant's plans."""
    return Uncounted(observer) if tenant_id == HEARTBEAT else observer


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """Everything that a heartbeat takes.

    Attributes:
        desk: Takes the plan in.
        tenancy: Lets its tenant in and clears up after it.
        seconds: From one to the next.
        longest_seconds: The longest time limit that requests may have here.
        late_seconds: A plan that has not ended after so many is given up.
        linger_seconds: How long it stays after its end, so that others who wait for it see how it ended.
    """

    desk: FrontDesk
    tenancy: HeartbeatTenancy
    seconds: float
    longest_seconds: int
    late_seconds: float = 30.0
    linger_seconds: float = 5.0


async def keep_beating(pulse: Pulse) -> None:
    """Send a plan through the service every so many seconds of the clock, until cancelled; the first not at once.

    Several processes on one database share a plan: the first of them in each period hands it in and counts it, the
    others see how it ends.
    """
    while True:
        await asyncio.sleep(pulse.seconds - time.time() % pulse.seconds)
        began = time.monotonic()
        try:
            await beat(pulse)
        except SelatError as error:
            structlog.get_logger(__name__).warning("heartbeat_failed", error=str(error))
            pulse.desk.observer.heartbeat_ended("failed", time.monotonic() - began)
        except Exception:
            structlog.get_logger(__name__).exception("heartbeat_broke")
            pulse.desk.observer.heartbeat_ended("failed", time.monotonic() - began)


@contextlib.asynccontextmanager
async def beating(pulse: Pulse) -> AsyncIterator[None]:
    """Beat as long as the block lasts."""
    task = asyncio.create_task(keep_beating(pulse), name="heartbeat")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def beat(pulse: Pulse) -> None:
    """Have the plan of this period made, or see how another process has it made.

    Raises:
        SelatError: it could not be handed in, or not be asked after.
    """
    desk = pulse.desk
    await pulse.tenancy.clear(timedelta(seconds=2 * max(pulse.seconds, pulse.late_seconds)))
    accepted = await _handed_in(pulse)
    if accepted.replayed:
        with contextlib.suppress(PlanNotFound):  # it has been cleared away already
            await _seen_out(accepted.record.id, pulse)
        return
    began = time.monotonic()
    try:
        outcome = await _seen_out(accepted.record.id, pulse)
        desk.observer.heartbeat_ended(outcome, time.monotonic() - began)
        await asyncio.sleep(min(pulse.linger_seconds, pulse.seconds / 2))
    finally:
        with contextlib.suppress(StoreUnavailable, PlanNotFound):
            await desk.store.delete(HEARTBEAT, accepted.record.id)


async def _seen_out(plan_id: str, pulse: Pulse) -> str:
    """Wait for the end of a plan, and return how it went."""
    outcome = outcome_of(await wait_for_end(HEARTBEAT, plan_id, pulse.late_seconds, pulse.desk))
    if outcome == "succeeded":
        pulse.desk.observer.heartbeat_seen()
    else:
        structlog.get_logger(__name__).warning("heartbeat_missed", outcome=outcome, plan_id=plan_id)
    return outcome


def outcome_of(record: PlanRecord) -> str:
    """Return how a heartbeat went: it succeeded where every parcel goes where it is to go, by ferry too."""
    if not record.status.ended:
        return "late"
    if record.status is not PlanStatus.SUCCEEDED or record.plan is None:
        return "failed"
    totals = orjson.loads(record.plan)["totals"]
    return "succeeded" if totals["unserved"] == 0 and totals["crossings"] > 0 else "failed"


async def _handed_in(pulse: Pulse) -> Accepted:
    """Hand the plan of this period in; every process that does so with the same request gets the same plan."""
    body = heartbeat_request(pulse.longest_seconds)
    key = f"beat-{int(time.time() // pulse.seconds)}-{hashlib.sha256(body).hexdigest()[:16]}"
    while True:
        try:
            return await submit(body, CALLER, pulse.desk, idempotency_key=key)
        except RequestInFlight:
            await asyncio.sleep(SECONDS_TO_ASK_AGAIN)


def heartbeat_request(longest_seconds: int) -> bytes:
    """Return the request of every heartbeat: two parcels, one of them over water. It is solved in no time."""
    request = orjson.loads((files("router.service") / "heartbeat.json").read_bytes())
    request["options"] = {"time_limit_seconds": min(TIME_LIMIT_SECONDS, longest_seconds), "seed": 1}
    return orjson.dumps(request)

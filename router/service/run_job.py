"""Solve one claimed plan: show progress, give signs of life, stop when told, and end it once and for all."""

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from enum import Enum, auto

import structlog

from router.domain.plan import Plan, StoppedBy
from router.domain.records import Lease, PlanStatus, Progress
from router.errors import (
    PlanConflict,
    PlanNotFound,
    PlanRejected,
    SelatError,
    SolverCrashed,
    StoreUnavailable,
    said_to_operators,
)
from router.ports import JobQueue, PlanObserver, PlanStore
from router.service.failures import told_to_callers
from router.service.heartbeat import observer_of
from router.service.persistence import persistently
from router.service.plan_routes import Draft, PlanOutcome, plan_routes
from router.service.replan_routes import ReplanDraft, replan_routes
from router.service.witness import Witness
from router.service.workshop import Workshop
from router.wire.resource import warnings_bytes
from router.wire.response import plan_bytes

SECONDS_BETWEEN_SAVES = 1.0
PAUSE_PER_SAVE = 9.0
"""Timing and checking drafts takes a tenth of the time at most: it slows down what follows the search."""

SECONDS_TO_RETRY = 1.0

ATTEMPTS_AT_A_CRASH = 3
"""A solver process that dies may have been killed from outside; a plan that it happens to three times is to blame."""

ATTEMPT_FROM_SCRATCH = 3
"""From this attempt on nothing is taken over from those before: it may be what they died of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Everything that a worker solves with; ``bootstrap`` sets it up."""

    workshop: Workshop
    store: PlanStore
    queue: JobQueue
    observer: PlanObserver


async def run_job(lease: Lease, bench: Bench, shutdown: asyncio.Event) -> None:
    """Solve a claimed plan; where ``shutdown`` is set meanwhile, hand it back for another worker."""
    job = _Job(lease, bench)
    if lease.waited_seconds is not None:
        job.observer.plan_started(lease.plan_id, lease.waited_seconds)
    async with job.side_work(shutdown):
        ending = await asyncio.to_thread(job.solve, asyncio.get_running_loop())
    called = await job.close(ending)
    report = ending.plan.solver if isinstance(ending, PlanOutcome) else None
    engine, iterations = (None, 0) if report is None else (report.engine, report.iterations)
    job.observer.solve_ended(job.witness.summary(lease.plan_id, called, engine, iterations))


class _StopCause(Enum):
    CANCELLED = auto()
    SHUTDOWN = auto()
    LEASE_LOST = auto()


class _Job:
    """One attempt at one plan. Everything but ``solve`` runs on the event loop."""

    def __init__(self, lease: Lease, bench: Bench) -> None:
        self._lease = lease
        self._bench = bench
        self.observer = observer_of(lease.tenant_id, bench.observer)
        self.witness = Witness(bench.workshop.solver)
        self._began = time.monotonic()
        self._cause: _StopCause | None = None
        self._stop = threading.Event()
        self._draft: Draft | ReplanDraft | None = None
        self._draft_came = asyncio.Event()
        self._log = structlog.get_logger(__name__).bind(plan_id=lease.plan_id, attempt=lease.attempt)

    def solve(self, loop: asyncio.AbstractEventLoop) -> PlanOutcome | Exception:
        """Run the recipe in this thread (the search has its own process); return its outcome or failure."""

        def on_draft(draft: Draft | ReplanDraft) -> None:
            loop.call_soon_threadsafe(self._offer, draft)

        try:
            return self._answer(on_draft)
        except PlanRejected as error:
            self._report_rejected(error)
            return error
        except SelatError as error:
            self._log.warning("solve_failed", error=said_to_operators(error))
            return error
        except Exception as error:
            self._log.exception("solve_broke")
            return error

    def _answer(self, on_draft: Callable[[Draft | ReplanDraft], None]) -> PlanOutcome:
        lease, stopped = self._lease, self._stop.is_set
        workshop = replace(self._bench.workshop, solver=self.witness)
        if lease.replan is not None:
            return replan_routes(lease.request, lease.replan, workshop, on_draft, stopped)
        earlier = lease.plan if lease.attempt < ATTEMPT_FROM_SCRATCH else None
        return plan_routes(lease.request, workshop, on_draft, stopped, earlier=earlier)

    @contextlib.asynccontextmanager
    async def side_work(self, shutdown: asyncio.Event) -> AsyncIterator[None]:
        """Give signs of life, save progress and watch for reasons to stop, as long as the block lasts."""
        work = (self._beat_regularly(), self._beat_on_change(), self._save_drafts(), self._watch(shutdown))
        tasks = [asyncio.create_task(each) for each in work]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self, ending: PlanOutcome | Exception) -> str:
        """Write down how this attempt ended, and return what to call it."""
        if self._cause is _StopCause.LEASE_LOST:
            self._log.warning("lease_lost")
            return "lease_lost"
        interrupted = isinstance(ending, Exception) or _was_stopped(ending)
        if self._cause is _StopCause.SHUTDOWN and interrupted:
            await self._keep_for_the_next(ending)
            return await self._hand_back(counts=False)
        if self._cause is _StopCause.CANCELLED:
            return await self._finish(PlanStatus.CANCELLED, ending, None)
        if isinstance(ending, SolverCrashed) and self._lease.attempt < ATTEMPTS_AT_A_CRASH:
            return await self._hand_back(counts=True)
        if isinstance(ending, Exception):
            said = told_to_callers(ending, self._lease.attempt)
            return await self._finish(PlanStatus.FAILED, ending, said)
        return await self._finish(PlanStatus.SUCCEEDED, ending, None)

    async def _finish(self, status: PlanStatus, ending: PlanOutcome | Exception, error: str | None) -> str:
        outcome = ending if isinstance(ending, PlanOutcome) else None
        document = None if outcome is None else plan_bytes(outcome.plan, outcome.problem)
        warnings = warnings_bytes(outcome.road_warnings) if outcome and outcome.road_warnings else None
        kept = await persistently(
            lambda: self._bench.store.finish(self._lease, status, document, error, warnings=warnings)
        )
        if not kept:
            self._log.warning("answer_not_kept")
            return "lease_lost"
        self.observer.plan_ended(status)
        if outcome is not None:
            self.observer.plan_finished(outcome.plan, len(outcome.problem.vehicles))
        self._log.info("plan_ended", status=status.value)
        return status.value

    async def _keep_for_the_next(self, ending: PlanOutcome | Exception) -> None:
        """Save the plan of an interrupted search: the next attempt starts from it."""
        if isinstance(ending, Exception):
            return
        document, progress = plan_bytes(ending.plan, ending.problem), self._progress(ending.plan)
        with contextlib.suppress(StoreUnavailable):
            await self._bench.store.save_progress(self._lease, document, progress)

    async def _hand_back(self, *, counts: bool) -> str:
        await persistently(lambda: self._bench.queue.release(self._lease, counts=counts))
        self._log.info("plan_handed_back")
        return "handed_back"

    def _offer(self, draft: Draft | ReplanDraft) -> None:
        self._draft = draft
        self._draft_came.set()

    async def _save_drafts(self) -> None:
        while True:
            await self._draft_came.wait()
            self._draft_came.clear()
            began = time.monotonic()
            if self._draft is not None:
                await self._save(self._draft)
            took = time.monotonic() - began
            await asyncio.sleep(max(SECONDS_BETWEEN_SAVES, took * PAUSE_PER_SAVE))

    async def _save(self, draft: Draft | ReplanDraft) -> None:
        try:
            plan = await asyncio.to_thread(draft.plan)
        except PlanRejected as error:
            self._report_rejected(error)
            return
        except SelatError as error:
            self._log.error("draft_failed", error=said_to_operators(error))
            return
        with contextlib.suppress(StoreUnavailable):
            document = plan_bytes(plan, draft.problem)
            if not await self._bench.store.save_progress(self._lease, document, self._progress(plan)):
                self._stop_for(_StopCause.LEASE_LOST)

    def _progress(self, plan: Plan) -> Progress:
        seconds = time.monotonic() - self._began
        cost = round(plan.cost.total, 2)
        return Progress(cost=cost, served=plan.totals.served, seconds=round(seconds, 3))

    async def _beat_regularly(self) -> None:
        while True:
            await asyncio.sleep(self._bench.queue.heartbeat_seconds)
            await self._beat()

    async def _beat_on_change(self) -> None:
        """Look at once when somebody else has changed the plan: it may be cancelled, or erased."""
        while True:
            try:
                await self._beat_at_every_change()
            except PlanNotFound:
                self._stop_for(_StopCause.LEASE_LOST)
            except StoreUnavailable as error:
                self._log.warning("plan_not_watched", error=str(error))
            await asyncio.sleep(SECONDS_TO_RETRY)

    async def _beat_at_every_change(self) -> None:
        changes = self._bench.store.changes(self._lease.tenant_id, self._lease.plan_id)
        async with contextlib.aclosing(changes):
            async for _ in changes:
                await self._beat()

    async def _beat(self) -> None:
        try:
            if await self._bench.queue.heartbeat(self._lease):
                self._stop_for(_StopCause.CANCELLED)
        except PlanConflict:
            self._stop_for(_StopCause.LEASE_LOST)
        except StoreUnavailable as error:
            self._log.warning("heartbeat_missed", error=str(error))

    async def _watch(self, shutdown: asyncio.Event) -> None:
        await shutdown.wait()
        self._stop_for(_StopCause.SHUTDOWN)

    def _stop_for(self, cause: _StopCause) -> None:
        """Stop the search. A lost lease outweighs what was known before; else the first cause stays."""
        if self._cause is None or cause is _StopCause.LEASE_LOST:
            self._cause = cause
        self._stop.set()

    def _report_rejected(self, error: PlanRejected) -> None:
        self.observer.check_failed(error.rules)
        self._log.error("plan_rejected", rules=error.rules)


def _was_stopped(outcome: PlanOutcome) -> bool:
    return outcome.plan.solver is not None and outcome.plan.solver.stopped_by is StoppedBy.CANCELLED

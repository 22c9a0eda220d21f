"""Take a replan in: find all its faults, and keep it to be solved like any other plan."""

import math
from dataclasses import dataclass
from functools import partial

from router.domain.plan import EndStep, StopStep
from router.domain.problem import Problem
from router.domain.records import Accepted, PlanRecord, Submission
from router.domain.replans import Loaded
from router.domain.tenants import Caller
from router.errors import PlanConflict
from router.service.front_desk import FrontDesk, identified
from router.service.plan_id import new_plan_id
from router.service.replan_routes import day_of, question_of
from router.service.workshop import Workshop
from router.wire.checks import read_plan
from router.wire.faults import RequestWarning
from router.wire.ingest import to_problem
from router.wire.plans import to_plan
from router.wire.replan_document import ReplanDocument, replan_document, replan_document_bytes
from router.wire.replan_faults import Followed
from router.wire.replans import Replan, read_replan
from router.wire.request import read_plan_request
from router.wire.resource import warnings_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Everything that a replan is read with.

    Attributes:
        body: What the caller sent.
        request, plan: Those of the plan that is changed.
        replan: What is kept beside its request, where it changed another itself.
    """

    plan_id: str
    body: bytes
    request: bytes
    plan: bytes
    replan: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderstoodReplan:
    """What there is to keep of a sound replan."""

    name: str
    stops: int
    work: int
    request: bytes
    replan: bytes
    webhook_url: str | None
    warnings: tuple[RequestWarning, ...]


async def replan(
    plan_id: str, body: bytes, caller: Caller, desk: FrontDesk, *, idempotency_key: str | None = None
) -> Accepted:
    """Keep a new plan to be made from an old one; the old one stays as it is.

    Raises:
        PlanNotFound: there is no such plan.
        PlanConflict: it has not ended, or ended without routes.
        InvalidRequest: names every fault; nothing was kept.
        StoreUnavailable, QuotaExceeded, IdempotencyMismatch, RequestInFlight: as for ``submit``.
    """
    old = await desk.store.get(caller.tenant_id, plan_id)
    papers = Papers(
        plan_id=plan_id,
        body=body,
        request=await desk.store.get_request(caller.tenant_id, plan_id),
        plan=_plan_of(old),
        replan=await desk.store.get_replan(caller.tenant_id, plan_id),
    )
    understood = await desk.intake.read(papers.request, partial(_understand, papers=papers))
    submission = Submission(
        tenant_id=caller.tenant_id,
        plan_id=new_plan_id(desk.clock),
        name=understood.name,
        request=understood.request,
        replan=understood.replan,
        warnings=warnings_bytes(understood.warnings),
        created_at=desk.clock.now(),
        work=understood.work,
        idempotency=None if idempotency_key is None else identified(idempotency_key, plan_id.encode() + body),
        webhook_url=understood.webhook_url,
        timetables=old.timetables,
    )
    accepted = await desk.store.accept(submission)
    if not accepted.replayed:
        desk.observer.plan_accepted(understood.stops)
    return accepted


def _plan_of(old: PlanRecord) -> bytes:
    if not old.status.ended:
        raise PlanConflict(f"{old.id} has not ended yet: there is nothing to change")
    if old.plan is None:
        raise PlanConflict(f"{old.id} has ended without a plan: there is nothing to change")
    return old.plan


def _understand(_request: bytes, workshop: Workshop, *, papers: Papers) -> UnderstoodReplan:
    return understand(papers, workshop)


def understand(papers: Papers, workshop: Workshop) -> UnderstoodReplan:
    """Return what a replan asks for.

    Raises:
        InvalidRequest: names every fault.
    """
    day = to_problem(read_plan_request(papers.request, workshop.limits, workshop.land), workshop.land).problem
    earlier = None if papers.replan is None else replan_document(papers.replan)
    asked = read_replan(
        papers.body, papers.request, _followed(papers, day, earlier), workshop.limits, workshop.land
    )
    problem, budget = asked.ingested.problem, asked.ingested.budget
    stops = len(problem.stops)
    return UnderstoodReplan(
        name=problem.name,
        stops=stops,
        work=max(stops, 1) * math.ceil(budget.time_limit),
        request=asked.request,
        replan=replan_document_bytes(_document(papers, asked, day, earlier)),
        webhook_url=asked.ingested.webhook_url,
        warnings=asked.ingested.warnings,
    )


def _document(papers: Papers, asked: Replan, day: Problem, earlier: ReplanDocument | None) -> ReplanDocument:
    known: tuple[Loaded, ...] = ()
    disruption = asked.disruption
    if earlier is not None:
        known = (*earlier.loaded, *day_of(question_of(earlier, day)).loaded)
        disruption = earlier.disruption.followed_by(disruption)
    return ReplanDocument(
        of=papers.plan_id,
        at=asked.at,
        before=papers.plan,
        disruption=disruption,
        loaded=known,
        change_cost=asked.ingested.change_cost,
    )


def _followed(papers: Papers, day: Problem, earlier: ReplanDocument | None) -> Followed:
    """Return what the replan can speak of."""
    plan = to_plan(read_plan(papers.plan), day).plan
    delayed = {} if earlier is None else earlier.disruption.delayed
    withdrawn = frozenset() if earlier is None else earlier.disruption.withdrawn
    steps = [step for route in plan.routes for step in route.steps]
    returns = [step.arrives_at for step in steps if isinstance(step, EndStep)]
    return Followed(
        departures={s.id: delayed.get(s.id, s.departs) for s in day.timetable.sailings()},
        lines=frozenset(line.id for line in day.timetable.lines),
        served_from={step.stop_id: step.starts_at for step in steps if isinstance(step, StopStep)},
        stops={stop.id: stop.shipment for stop in day.stops if stop.id not in withdrawn},
        vehicles=frozenset(vehicle.id for vehicle in day.vehicles),
        begins=None if earlier is None else earlier.at,
        ends=max([*(vehicle.shift.end for vehicle in day.vehicles), *returns]),
    )

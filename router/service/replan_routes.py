"""The recipe for a plan that changes another: from what is kept of it to a checked plan of the whole day."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from router.domain.plan import Plan
from router.domain.problem import Problem
from router.domain.replans import History, disrupted
from router.service.plan_routes import PlanOutcome, left_for_the_search
from router.service.replanning.day import Day, day_at
from router.service.replanning.recipe import Question, planned_anew
from router.service.workshop import Workshop
from router.wire.checks import read_plan
from router.wire.ingest import to_problem
from router.wire.plans import to_plan
from router.wire.replan_document import ReplanDocument, replan_document
from router.wire.request import read_plan_request
from router.wire.road_hints import road_hints


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplanDraft:
    """A plan on the way, timed and checked already."""

    problem: Problem
    found: Plan

    def plan(self) -> Plan:
        """Return it."""
        return self.found


def replan_routes(
    body: bytes,
    replan: bytes,
    workshop: Workshop,
    on_draft: Callable[[ReplanDraft], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> PlanOutcome:
    """Turn a day that has begun into a new plan of it, within its time limit plus one second.

    ``body`` is the request of the day with the stops that were added, ``replan`` what is kept beside it.

    Raises:
        InvalidRequest: the request has faults under this version of the service.
        TravelError: the road engine failed, or was not waited for since ``should_stop`` said so.
        SolverError: there is no plan.
        PlanRejected: there is one, and the referee found violations in it.
    """
    began = time.monotonic()
    request = read_plan_request(body, workshop.limits, workshop.land)
    ingested = to_problem(request, workshop.land)
    question = question_of(replan_document(replan), ingested.problem)
    matrix = workshop.matrices.travel_matrix(question.problem, ingested.choice, should_stop)
    budget = left_for_the_search(
        workshop.equipped(ingested.budget), began + matrix.waited_seconds, len(question.problem.stops)
    )

    def tell(plan: Plan) -> None:
        on_draft(ReplanDraft(problem=question.problem, found=plan))

    plan = planned_anew(question, matrix, workshop.solver, budget, tell, should_stop)
    return PlanOutcome(
        problem=question.problem,
        plan=plan,
        warnings=ingested.warnings,
        road_warnings=tuple(road_hints(request, ingested.choice, matrix)),
    )


def question_of(document: ReplanDocument, problem: Problem) -> Question:
    """Return what is asked; ``problem`` is the day's as its request has it."""
    now = disrupted(problem, document.disruption)
    history = History(
        at=document.at,
        before=to_plan(read_plan(document.before), now).plan,
        loaded=document.loaded,
        withdrawn=document.disruption.withdrawn,
        dropped=document.disruption.dropped,
    )
    return Question(problem=now, history=history, of=document.of, change_cost=document.change_cost)


def day_of(question: Question) -> Day:
    """Return the day as it stood then."""
    return day_at(question.problem, question.history)

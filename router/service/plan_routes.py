"""The recipe: the one module that knows the whole order from bytes to a checked plan."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import router
from router.checking import check
from router.domain.ids import StopId
from router.domain.plan import Plan, Reason, SolverReport
from router.domain.problem import Problem
from router.domain.search import Budget, Incumbent, Outcome
from router.errors import PlanRejected
from router.scheduling import schedule
from router.service.earlier_plan import still_good
from router.service.workshop import Workshop
from router.solver.explain import explain
from router.travel.travel import Travel
from router.wire.faults import RequestWarning
from router.wire.ingest import to_problem
from router.wire.request import read_plan_request
from router.wire.road_hints import road_hints

SECONDS_PER_STOP = 0.0005
"""What explaining, timing and checking take for each stop where nothing else runs; kept back from the search."""

AFTER_TO_BEFORE = 2.0
"""How much longer they take than reading and placing did; tells how busy the machine is at the moment."""

LEAST_SEARCH_SHARE = 0.5
"""However long the rest takes, the search gets this share of the time limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOutcome:
    """A plan that the referee has nothing against, with its question.

    Attributes:
        warnings: What was odd about the request; known when it was accepted.
        road_warnings: What the road engine found odd besides.
    """

    problem: Problem
    plan: Plan
    warnings: tuple[RequestWarning, ...]
    road_warnings: tuple[RequestWarning, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A plan on the way: the best order so far, timed and checked only when somebody wants to see it."""

    problem: Problem
    travel: Travel
    incumbent: Incumbent

    def plan(self) -> Plan:
        """Return it with its times, without reasons for what is left out.

        Raises:
            PlanRejected: the referee found violations.
        """
        plan = schedule(self.problem, self.travel, self.incumbent.proposal)
        return _passed(self.problem, self.travel, plan)


def plan_routes(
    body: bytes,
    workshop: Workshop,
    on_draft: Callable[[Draft], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
    *,
    earlier: bytes | None = None,
) -> PlanOutcome:
    """Turn a plan request into a plan, within its time limit plus one second plus the waiting for a road engine.

    ``earlier`` is a plan that an interrupted attempt left, JSON: the search starts from it where it still holds.

    Raises:
        InvalidRequest: the request has faults.
        TravelError: the road engine failed, or was not waited for since ``should_stop`` said so.
        SolverError: there is no plan.
        PlanRejected: there is one, and the referee found violations in it.
    """
    began = time.monotonic()
    request = read_plan_request(body, workshop.limits, workshop.land)
    ingested = to_problem(request, workshop.land)
    problem = ingested.problem
    matrix = workshop.matrices.travel_matrix(problem, ingested.choice, should_stop)
    travel = Travel(problem, matrix)
    found_before = still_good(earlier, problem, travel)
    began += matrix.waited_seconds
    budget = left_for_the_search(workshop.equipped(ingested.budget), began, len(problem.stops))
    budget = replace(budget, start_from=found_before)

    def tell(incumbent: Incumbent) -> None:
        on_draft(Draft(problem=problem, travel=travel, incumbent=incumbent))

    outcome = workshop.solver.propose(problem, travel, budget, tell, should_stop)
    reasons = explain(problem, travel, outcome.proposal)
    plan = _signed(schedule(problem, travel, outcome.proposal), reasons, outcome, budget)
    return PlanOutcome(
        problem=problem,
        plan=_passed(problem, travel, plan),
        warnings=ingested.warnings,
        road_warnings=tuple(road_hints(request, ingested.choice, matrix)),
    )


def left_for_the_search(budget: Budget, began: float, stops: int) -> Budget:
    """Return the budget less what was spent before the search and is kept back for after it."""
    before = time.monotonic() - began
    after = max(stops * SECONDS_PER_STOP, before * AFTER_TO_BEFORE)
    left = max(budget.time_limit - before - after, budget.time_limit * LEAST_SEARCH_SHARE)
    return replace(budget, time_limit=left)


def _signed(
    plan: Plan, reasons: Mapping[StopId, tuple[Reason, ...]], outcome: Outcome, budget: Budget
) -> Plan:
    """Return the plan with the solver's report and the reasons for what is left out."""
    report = SolverReport(
        seed=budget.seed,
        iterations=outcome.iterations,
        stopped_by=outcome.stopped_by,
        engine=outcome.engine,
        version=router.__version__,
        lower_bound=outcome.lower_bound,
    )
    unserved = tuple(replace(left_out, reasons=reasons[left_out.stop_id]) for left_out in plan.unserved)
    return replace(plan, unserved=unserved, solver=report)


def _passed(problem: Problem, travel: Travel, plan: Plan) -> Plan:
    violations = check(problem, travel.matrix, plan)
    if violations:
        raise PlanRejected(violations)
    return plan

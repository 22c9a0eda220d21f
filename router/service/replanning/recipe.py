"""The recipe of a replan: from a problem and what may not change of it to a checked plan of the whole day."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import router
from router.checking import check
from router.domain.plan import Plan, SolverReport
from router.domain.problem import Problem
from router.domain.replans import History
from router.domain.search import Budget
from router.domain.units import Money
from router.errors import PlanRejected
from router.ports import Solver
from router.service.replanning.day import day_at
from router.service.replanning.ladder import LEAST_KEPT, Candidate, Ladder
from router.service.replanning.report import reported, with_reasons
from router.travel.matrix import TravelMatrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be planned anew.

    Attributes:
        problem: The whole day's, with the timetable as it is now.
        of: The id of the plan that was followed until now.
        change_cost: What a stop that changes hands is weighed as; ``None``: see ``change_cost_of``.
    """

    problem: Problem
    history: History
    of: str
    change_cost: Money | None = None


def planned_anew(
    question: Question,
    roads: TravelMatrix,
    solver: Solver,
    budget: Budget,
    tell: Callable[[Plan], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Plan:
    """Return the plan of the whole day; ``tell`` hears of plans on the way, without reasons and report.

    Raises:
        SolverError: the search failed.
        PlanRejected: the referee has something against what was found.
    """
    day = day_at(question.problem, question.history)
    change_cost = change_cost_of(question)
    least_kept = LEAST_KEPT if question.change_cost is None else 0.0
    ladder = Ladder(day, roads, change_cost, solver, should_stop, least_kept=least_kept)

    def pass_on(candidate: Candidate) -> None:
        tell(candidate.plan)

    climbed = ladder.climb(budget, pass_on)
    plan = replace(
        with_reasons(day, ladder, climbed.best),
        replan=reported(day, climbed.best, question.of, change_cost),
        solver=SolverReport(
            seed=budget.seed,
            iterations=climbed.iterations,
            stopped_by=climbed.stopped_by,
            engine=climbed.engine,
            version=router.__version__,
        ),
    )
    violations = check(question.problem, roads, plan, question.history)
    if violations:
        raise PlanRejected(violations)
    return plan


def change_cost_of(question: Question) -> Money:
    """Return what was asked for, or as much as the plan before spends on a stop on average."""
    if question.change_cost is not None:
        return question.change_cost
    before = question.history.before
    spent = before.cost.total - before.cost.unserved
    return Money(spent / max(before.totals.served, 1))

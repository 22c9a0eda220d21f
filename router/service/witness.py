"""Looks on while a plan is searched for: when there was a first one, and how much better it became."""

import time
from collections.abc import Callable

from router.domain.problem import Problem
from router.domain.records import SolveSummary
from router.domain.search import Budget, Incumbent, Outcome
from router.domain.units import Money
from router.ports import Solver
from router.travel.travel import Travel

NO_ENGINE = "none"


class Witness:
    """A ``Solver`` that has another one search, and remembers how it went. For one attempt at one plan."""

    def __init__(self, solver: Solver) -> None:
        """Look on at ``solver``; the attempt begins now."""
        self._solver = solver
        self._began = time.monotonic()
        self._first_plan_seconds: float | None = None
        self._first_cost: Money | None = None
        self._last_cost: Money | None = None
        self._searches = 0

    def propose(
        self,
        problem: Problem,
        travel: Travel,
        budget: Budget,
        on_incumbent: Callable[[Incumbent], None],
        should_stop: Callable[[], bool],
    ) -> Outcome:
        """Search; see the port."""
        self._searches += 1

        def hear(incumbent: Incumbent) -> None:
            self._hear(incumbent.cost)
            on_incumbent(incumbent)

        outcome = self._solver.propose(problem, travel, budget, hear, should_stop)
        self._hear(outcome.cost)
        return outcome

    def summary(self, plan_id: str, outcome: str, engine: str | None, iterations: int) -> SolveSummary:
        """Return what became of the attempt, which is over; ``engine`` is ``None`` where none found a plan."""
        return SolveSummary(
            plan_id=plan_id,
            outcome=outcome,
            engine=NO_ENGINE if engine is None else engine,
            seconds=time.monotonic() - self._began,
            iterations=iterations,
            first_plan_seconds=self._first_plan_seconds,
            improvement=self._improvement(),
        )

    def _hear(self, cost: Money | None) -> None:
        if self._first_plan_seconds is None:
            self._first_plan_seconds = time.monotonic() - self._began
        if cost is None:
            return
        if self._first_cost is None:
            self._first_cost = cost
        self._last_cost = cost

    def _improvement(self) -> float | None:
        """Return which share of its cost the first plan lost; several searches have nothing to compare."""
        if (
            self._searches != 1
            or self._first_cost is None
            or self._last_cost is None
            or self._first_cost <= 0
        ):
            return None
        return min(max(1 - self._last_cost / self._first_cost, 0.0), 1.0)

"""The recipe of the search: encode, construct, ruin and recreate, assemble, search on, decode."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

import numpy as np

from router.domain.plan import StoppedBy
from router.domain.problem import Problem
from router.domain.proposal import Proposal
from router.domain.search import Budget, Incumbent, Outcome
from router.domain.units import Money
from router.solver.assemble import Effort, assemble
from router.solver.decode import RELOAD, KernelRoute, best_routes, current_routes, decode
from router.solver.encode import Encoding, encode
from router.solver.kernel import model as m
from router.solver.kernel.load import load
from router.solver.kernel.search import construct, prepare, run
from router.solver.pool import RoutePool
from router.travel.travel import Travel

ENGINE = "search"

CHUNK_SECONDS = 0.03
"""How long the kernel runs before it is asked for news."""

CHUNK_ITERATIONS = 200
"""How many iterations it runs at a time when a limit of iterations makes the search repeatable."""

ASSEMBLIES = (0.45, 0.75, 0.92)
"""When, as shares of the budget, the pool is assembled."""

ASSEMBLY_SHARE, ASSEMBLY_SECONDS = 0.04, 1.0
"""How long one assembly may take: a share of the time limit, and in all."""

TELL_SECONDS = 0.5
"""Least time between two incumbents told."""

HOT, COLD = 1.0, 0.01
"""Temperatures at the beginning and the end, in mean costs of an arc."""


def propose(
    problem: Problem,
    travel: Travel,
    budget: Budget,
    on_incumbent: Callable[[Incumbent], None],
    should_stop: Callable[[], bool],
) -> Outcome:
    """Search for the best plan within the budget (see ``ports.Solver``)."""
    if not problem.stops or not problem.vehicles:
        return Outcome(proposal=Proposal(), iterations=0, stopped_by=StoppedBy.OPTIMAL, engine=ENGINE)
    search = Search.begin(problem, travel, budget, on_incumbent, should_stop)
    for share in ASSEMBLIES:
        search.run_until(share)
        search.assemble(budget.seed)
    search.run_until(1.0)
    return search.outcome()


@dataclass(slots=True)
class _Clock:
    """How much of the budget is spent."""

    budget: Budget
    should_stop: Callable[[], bool]
    started: float = field(default_factory=time.monotonic)
    cancelled: bool = False

    def elapsed(self) -> float:
        return time.monotonic() - self.started

    def spent(self, iterations: int) -> float:
        """Return the share of the budget spent: 1 or more means that it is over.

        With a limit of iterations only they count, so that the same seed finds the same plan on any machine;
        the time limit still ends the search.
        """
        self.cancelled = self.cancelled or self.should_stop()
        by_time = self.elapsed() / self.budget.time_limit
        if self.cancelled or by_time >= 1.0:
            return 1.0
        if self.budget.iteration_limit is None:
            return by_time
        return iterations / max(self.budget.iteration_limit, 1)

    def stopped_by(self, iterations: int) -> StoppedBy:
        if self.cancelled:
            return StoppedBy.CANCELLED
        limit = self.budget.iteration_limit
        return (
            StoppedBy.ITERATION_LIMIT if limit is not None and iterations >= limit else StoppedBy.TIME_LIMIT
        )


class Search:
    """One chain of the search and its pool of routes."""

    def __init__(
        self, encoding: Encoding, state: m.State, clock: _Clock, on_incumbent: Callable[[Incumbent], None]
    ) -> None:
        self.encoding = encoding
        self.state = state
        self.clock = clock
        self.on_incumbent = on_incumbent
        self.pool = RoutePool(encoding)
        self.arc = 1.0
        self._chunk = 50
        self._told = (-1, -1.0)
        self._told_at = -TELL_SECONDS

    @property
    def iterations(self) -> int:
        """Rounds of ruin and recreate so far."""
        return int(self.state.counter[m.ITERATION])

    @classmethod
    def begin(
        cls,
        problem: Problem,
        travel: Travel,
        budget: Budget,
        on_incumbent: Callable[[Incumbent], None],
        should_stop: Callable[[], bool],
    ) -> Self:
        """Encode the problem and build the first plan."""
        clock = _Clock(budget, should_stop)
        encoding = encode(problem, travel)
        search = cls(encoding, m.new_state(encoding.model, encoding.decks, budget.seed), clock, on_incumbent)
        search._construct()
        return search

    def best(self) -> list[KernelRoute]:
        """Return the routes of the best plan so far."""
        return best_routes(self.encoding, self.state)

    def outcome(self) -> Outcome:
        """Return what the search ends with."""
        return Outcome(
            proposal=decode(self.encoding, self.best()),
            iterations=self.iterations,
            stopped_by=self.clock.stopped_by(self.iterations),
            engine=ENGINE,
            cost=Money(float(self.state.value[m.BEST_COST])),
        )

    def _construct(self) -> None:
        model, state = self.encoding.model, self.state
        prepare(model, state)
        construct(model, state)
        served = len(self.encoding.stops) - int(state.counter[m.ABSENT])
        used = int((state.tour[:, m.LENGTH] > 0).sum())
        fixed = float((model.rate[:, m.FIXED] * (state.tour[:, m.LENGTH] > 0)).sum())
        self.arc = max((float(state.cost.sum()) - fixed) / max(served + used, 1), 1e-6)
        self._tell()

    def run_until(self, share: float) -> None:
        """Ruin and recreate until ``share`` of the budget is spent."""
        model, state = self.encoding.model, self.state
        while (spent := self.clock.spent(self.iterations)) < share:
            size = self._next_chunk(share)
            begun = time.monotonic()
            temperature = self.arc * HOT * (COLD / HOT) ** spent
            run(model, state, size, temperature, temperature)
            took = max(time.monotonic() - begun, 1e-6)
            self._chunk = max(1, min(int(size * CHUNK_SECONDS / took), 4 * size))
            self.pool.add(best_routes(self.encoding, state))
            self.pool.add(current_routes(self.encoding, state))
            self._tell()

    def assemble(self, seed: int) -> None:
        """Let CP-SAT recombine the pool, and search on from what it finds if that is better."""
        left = self.clock.budget.time_limit - self.clock.elapsed()
        if self.clock.spent(self.iterations) >= 1.0 or left < 0.5 or len(self.pool) < 2:
            return
        incumbent = self.best()
        seconds = min(ASSEMBLY_SHARE * self.clock.budget.time_limit, ASSEMBLY_SECONDS)
        effort = Effort(deterministic=seconds, seconds=min(2 * seconds, left / 3))
        routes = assemble(self.encoding, self.pool, incumbent, effort, seed)
        if routes is not None and set(routes) != set(incumbent) and not self.load(routes):
            self.load(incumbent)
        self._tell()

    def load(self, routes: list[KernelRoute]) -> bool:
        """Search on from these routes; return ``False`` where one of them does not hold."""
        first = np.cumsum([0, *(len(route.stops) for route in routes)], dtype=np.int64)
        nodes = [node for route in routes for node in self._nodes(route)]
        stops = np.array(nodes, dtype=np.int64)
        crossings = np.array([x for route in routes for x in route.crossings], dtype=np.int64)
        vehicles = np.array([route.vehicle for route in routes], dtype=np.int64)
        costs = np.array([route.cost for route in routes], dtype=np.float64)
        return bool(load(self.encoding.model, self.state, vehicles, first, stops, crossings, costs))

    def _nodes(self, route: KernelRoute) -> list[int]:
        """Return the kernel's nodes of a route: its vehicle's own reload nodes stand for the reloads."""
        reload = itertools.count(int(self.encoding.model.vehicle[route.vehicle, m.RELOAD_0]))
        return [next(reload) if stop == RELOAD else stop for stop in route.stops]

    def _next_chunk(self, share: float) -> int:
        limit = self.clock.budget.iteration_limit
        if limit is None:
            return self._chunk
        return max(1, min(CHUNK_ITERATIONS, int(limit * share) - self.iterations))

    def _tell(self) -> None:
        missing, cost = int(self.state.counter[m.BEST_MISSING]), float(self.state.value[m.BEST_COST])
        now = self.clock.elapsed()
        if (missing, cost) == self._told or now - self._told_at < TELL_SECONDS:
            return
        self._told, self._told_at = (missing, cost), now
        routes = self.best()
        self.on_incumbent(
            Incumbent(
                proposal=decode(self.encoding, routes),
                cost=Money(cost),
                served=len(self.encoding.stops) - int(self.state.counter[m.BEST_ABSENT]),
                iterations=self.iterations,
                elapsed_seconds=now,
            )
        )

"""One chain of the search: it anneals, assembles and reports, in whatever course it is led."""

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Self

from router.domain.plan import Plan
from router.domain.problem import Problem
from router.domain.search import Budget, Incumbent, Outcome
from router.domain.units import Money
from router.solver.assemble import Effort, assemble
from router.solver.chain import Chain
from router.solver.clock import Clock
from router.solver.commons import Commons, Standing
from router.solver.decode import KernelRoute, decode
from router.solver.encode import Encoding, encode
from router.solver.full_chain import FullChain
from router.solver.plain.encode import is_plain
from router.solver.plain_chain import PlainChain
from router.solver.pool import RoutePool
from router.solver.resume import routes_to_resume
from router.travel.travel import Travel

ENGINE = "search"

CHUNK_SECONDS = 0.005
"""How long the kernel runs before it is asked for news."""

NEWS_SHARE = 1 / 30
"""Most of the time that asking may take."""

CHUNK_ITERATIONS = 200
"""How many iterations it runs at a time when a limit of iterations makes the search repeatable."""

ASSEMBLY_SHARE, ASSEMBLY_SECONDS = 0.08, 2.0
"""How long one assembly may take: a share of the time limit, and in all."""

SEEDS_APART = 7919
"""Between the seeds of two chains."""


def new_chain(encoding: Encoding, seed: int) -> Chain:
    """Return a chain of the kernel that suits the problem, with every stop absent."""
    return PlainChain(encoding, seed) if is_plain(encoding.model) else FullChain(encoding, seed)


class Search:
    """One chain of the search, and what it shares with those of other threads."""

    def __init__(self, commons: Commons, chain: Chain, seed: int, number: int) -> None:
        """Stand at an empty plan."""
        self.commons = commons
        self.encoding = commons.encoding
        self.clock = commons.clock
        self.chain = chain
        self.seed = seed
        self.arc = 1.0
        self.gathers = True
        self._number = number
        self._chunk = 50
        self._news_seconds = 0.0

    @classmethod
    def begin(
        cls,
        problem: Problem,
        travel: Travel,
        budget: Budget,
        on_incumbent: Callable[[Incumbent], None],
        should_stop: Callable[[], bool],
    ) -> Self:
        """Encode the problem and build the first plan, or take up the one to start from."""
        clock = Clock(budget, should_stop)
        encoding = encode(problem, travel)
        commons = Commons(encoding, clock, on_incumbent, RoutePool(encoding))
        search = cls(commons, new_chain(encoding, budget.seed), budget.seed, 0)
        if budget.start_from is None or not search.resume(budget.start_from):
            search.construct()
        return search

    def companion(self, number: int) -> "Search":
        """Return another chain on the same problem, from a first plan of its own."""
        seed = self.seed + number * SEEDS_APART
        search = Search(self.commons, new_chain(self.encoding, seed), seed, number)
        search.construct()
        return search

    def resume(self, plan: Plan) -> bool:
        """Begin from a plan that was found before; return ``False`` where it does not hold."""
        if not self.load(routes_to_resume(self.encoding, plan)):
            self.load([])
            return False
        self.chain.fill()
        self.arc = self.chain.arc_cost()
        self._report()
        return True

    def construct(self) -> None:
        """Begin from a plan built greedily."""
        self.chain.construct()
        self.arc = self.chain.arc_cost()
        self._report()

    def spent(self) -> float:
        """Return the share of the budget spent."""
        return self.clock.spent(self.chain.iterations)

    def best(self) -> list[KernelRoute]:
        """Return the routes of the best plan so far."""
        return [] if self.commons.best is None else list(self.commons.best.routes)

    def outcome(self) -> Outcome:
        """Return what the search ends with."""
        iterations = sum(self.commons.iterations.values())
        best = self.commons.best
        return Outcome(
            proposal=decode(self.encoding, self.best()),
            iterations=iterations,
            stopped_by=self.clock.stopped_by(iterations),
            engine=ENGINE,
            cost=None if best is None else Money(best.cost),
        )

    def anneal(self, until: float, hot: float, cold: float) -> None:
        """Ruin and recreate until a share of the budget is spent, while it cools from ``hot`` to ``cold`` arcs."""
        begun = self.spent()
        while (spent := self.spent()) < until:
            done = (spent - begun) / max(until - begun, 1e-9)
            temperature = self.arc * hot * (cold / hot) ** done
            with self._timed(until) as size:
                self.chain.run(size, temperature, self.arc)

    def rounds(self, most: int, heat: float, until: float) -> None:
        """Ruin and recreate so often at ``heat`` arcs, or until a share of the budget is spent."""
        while most > 0 and self.spent() < until:
            with self._timed(until, most) as size:
                self.chain.run(size, heat * self.arc, self.arc)
            most -= size

    def spare_vehicles(self, until: float, warm: float) -> None:
        """Do with one vehicle less again and again, until a share of the budget is spent, at ``warm`` arcs."""
        routes = len(self.chain.best()) + 1
        while self.spent() < until and len(self.chain.best()) < routes and self.chain.spare():
            routes, placed = len(self.chain.best()), False
            while not placed and self.spent() < until:
                with self._timed(until) as size:
                    placed = self.chain.place_all(size, warm * self.arc)
            if not placed:
                break
        self.chain.open()
        self.load(self.best())

    @contextlib.contextmanager
    def _timed(self, until: float, most: int | None = None) -> Iterator[int]:
        """Give how many iterations to do before the next report, and report afterwards."""
        size = self._next_chunk(until) if most is None else min(self._next_chunk(until), most)
        started = time.monotonic()
        yield size
        took = max(time.monotonic() - started, 1e-6)
        wanted = max(CHUNK_SECONDS, self._news_seconds / NEWS_SHARE)
        self._chunk = max(1, min(int(size * wanted / took), 4 * size))
        started = time.monotonic()
        self._report()
        self._news_seconds = time.monotonic() - started

    def iterations_in_all(self) -> int:
        """Return how many iterations the whole budget is good for, by what one chunk takes."""
        limit = self.clock.budget.iteration_limit
        if limit is not None:
            return limit
        # The first call of a process loads what was compiled, and would count for twenty chunks.
        self.chain.run(1, self.chain.cold * self.arc, self.arc)
        started = time.monotonic()
        self.chain.run(self._chunk, self.chain.cold * self.arc, self.arc)
        took = max(time.monotonic() - started, 1e-6)
        return int(self._chunk * self.clock.budget.time_limit / took)

    def assemble(self) -> None:
        """Let CP-SAT recombine the pool, and search on from what it finds if that is better.

        The first chain does so for all: the others would only find the same again.
        """
        if self._number > 0:
            return
        left = self.clock.budget.time_limit - self.clock.elapsed()
        pool = self.commons.columns()
        if self.spent() >= 1.0 or left < 0.5 or len(pool) < 2:
            return
        incumbent = self.best()
        seconds = min(ASSEMBLY_SHARE * self.clock.budget.time_limit, ASSEMBLY_SECONDS)
        # What is to be repeatable must not hang on the clock.
        repeatable = self.clock.budget.iteration_limit is not None
        effort = Effort(
            deterministic=seconds,
            seconds=min(2 * seconds, left / 3),
            relaxation_seconds=left / 3 if repeatable else seconds / 2,
        )
        routes = assemble(self.encoding, pool, incumbent, effort, self.seed)
        if routes is not None and not self.load(routes):
            self.load(incumbent)
        self._report()

    def load(self, routes: list[KernelRoute]) -> bool:
        """Search on from these routes; return ``False`` where one of them does not hold."""
        return self.chain.load(routes)

    def standing(self) -> Standing:
        """Return the plan that the chain stands at."""
        chain = self.chain
        return Standing(chain.missing, chain.cost, 0, tuple(chain.current()))

    def _next_chunk(self, share: float) -> int:
        limit = self.clock.budget.iteration_limit
        if limit is None:
            return self._chunk
        return max(1, min(CHUNK_ITERATIONS, int(limit * share) - self.chain.iterations))

    def _report(self) -> None:
        self.commons.report(self._number, self.chain, gathers=self.gathers)

"""What the chains of one search share: the pool of routes, the best plans, and the one ear that is told of them."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from router.domain.search import Incumbent
from router.domain.units import Money
from router.solver.chain import Chain
from router.solver.clock import Clock
from router.solver.decode import KernelRoute, decode
from router.solver.encode import Encoding
from router.solver.pool import RoutePool

ELITES = 6
"""Plans kept as parents."""

TELL_SECONDS = 0.5
"""Least time between two incumbents told."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan in the kernel's indices; ``missing`` counts required stops left out, ``absent`` all of them."""

    missing: int
    cost: float
    absent: int
    routes: tuple[KernelRoute, ...]

    @property
    def worth(self) -> tuple[int, float]:
        """Plans compare by required stops left out first, then by cost."""
        return self.missing, self.cost


@dataclass(slots=True)
class Commons:
    """Safe to use from several threads."""

    encoding: Encoding
    clock: Clock
    on_incumbent: Callable[[Incumbent], None]
    pool: RoutePool
    iterations: dict[int, int] = field(default_factory=dict)
    best: Standing | None = None
    elites: list[Standing] = field(default_factory=list)
    _told: tuple[int, float] | None = None
    _told_at: float = -TELL_SECONDS
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def report(self, number: int, chain: Chain, *, gathers: bool) -> None:
        """Take note of the best plan of chain ``number``, and tell of a better one now and then.

        Where it ``gathers``, the routes that it stands at go into the pool too.
        """
        with self._lock:
            self.iterations[number] = chain.iterations
            if gathers:
                self.pool.add(chain.current())
            if self.best is None or (chain.best_missing, chain.best_cost) < self.best.worth:
                self.best = Standing(
                    chain.best_missing, chain.best_cost, chain.best_absent, tuple(chain.best())
                )
                self.pool.add(self.best.routes)
            self._tell(self.best)

    def admit(self, standing: Standing) -> None:
        """Keep the plan as a parent if it is among the best, each worth once."""
        with self._lock:
            others = [plan for plan in self.elites if plan.worth != standing.worth]
            self.elites = sorted([*others, standing], key=lambda plan: plan.worth)[:ELITES]

    def gather(self, routes: Iterable[KernelRoute]) -> None:
        """Put the routes of a plan into the pool."""
        with self._lock:
            self.pool.add(routes)

    def columns(self) -> RoutePool:
        """Return a copy of the pool, to work on while others go on."""
        with self._lock:
            return self.pool.copy()

    def _tell(self, best: Standing) -> None:
        now = self.clock.elapsed()
        if best.worth == self._told or now - self._told_at < TELL_SECONDS:
            return
        self._told, self._told_at = best.worth, now
        self.on_incumbent(
            Incumbent(
                proposal=decode(self.encoding, best.routes),
                cost=Money(best.cost),
                served=len(self.encoding.stops) - best.absent,
                iterations=sum(self.iterations.values()),
                elapsed_seconds=now,
            )
        )

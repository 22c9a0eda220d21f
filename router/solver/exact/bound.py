"""What no plan can be better than, and which vehicles no plan can afford for which stops.

Vehicles share the stops out among them, each at the least that its share must cost (``rounds.py``): a minimum over
all ways to part the stops, one vehicle after the other. Decks, waiting and breaks are not looked at.
"""

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from router.domain.problem import Problem
from router.solver.exact.hops import Floats, Ints
from router.solver.exact.model import Driver, Model
from router.solver.exact.rounds import Rounds

SECONDS_PER_PAIR = 2e-7
"""About how long it takes to look at one share beside one set of other stops."""

Shares = tuple[Ints, Floats]
"""Sets of stops, bit ``k`` of a set standing for stop ``k`` of the problem, and the least cost of each."""


class Bound:
    """Bounds on the plans of a problem."""

    def __init__(self, model: Model) -> None:
        """Work out the least cost of every set of stops; see ``seconds`` for how long that takes."""
        self._model = model
        self._every = np.arange(1 << len(model.problem.stops), dtype=np.int64)
        self._shares: dict[int, Shares] = {}
        for driver, kind in zip(model.fleet, model.type_of, strict=True):
            if kind not in self._shares:
                self._shares[kind] = _shares(model.problem, driver)
        nothing = np.full(len(self._every), np.inf)
        nothing[0] = 0.0
        self._up_to = [nothing]
        for kind in model.type_of:
            self._up_to.append(self._joined(self._up_to[-1], self._shares[kind]))
        self._penalties, self._missing = _left_out(model.problem)

    @staticmethod
    def seconds(model: Model) -> float:
        """Return about how long it takes to work the bounds out."""
        return 4.0 * len(model.fleet) * 3.0 ** len(model.problem.stops) * SECONDS_PER_PAIR

    @cached_property
    def fewest(self) -> int:
        """No plan leaves out fewer required stops."""
        return int(self._missing[self._up_to[-1] < np.inf].min())

    def least(self, missing: int) -> float:
        """Return what plans that leave out so many required stops cost at least; infinity where there is none."""
        return float((self._up_to[-1] + self._due(missing)).min())

    def must_serve(self, missing: int, limit: float) -> Iterator[int]:
        """Yield the nodes of the stops that every plan serves which costs no more than ``limit``."""
        total = self._up_to[-1] + self._due(missing)
        for k in range(len(self._model.problem.stops)):
            if total[(self._every >> k & 1) == 0].min() > limit:
                yield k + 1

    def too_dear(self, missing: int, limit: float) -> Iterator[tuple[int, int]]:
        """Yield types of vehicles and nodes that they serve in no plan which costs no more than ``limit``."""
        due, done = self._due(missing), set()
        from_on = [self._up_to[0]]
        for kind in reversed(self._model.type_of):
            from_on.append(self._joined(from_on[-1], self._shares[kind]))
        for place, kind in enumerate(self._model.type_of):
            if kind in done:
                continue
            done.add(kind)
            behind = from_on[len(self._model.type_of) - 1 - place]
            some = self._every[(behind < np.inf) & (self._every > 0)]
            others = self._joined(self._up_to[place], (some, behind[some]))
            best = self._best_beside(self._shares[kind], others, due)
            for k in range(len(self._model.problem.stops)):
                holding = (self._shares[kind][0] >> k & 1) == 1
                if best[holding].min(initial=np.inf) > limit:
                    yield kind, k + 1

    def _due(self, missing: int) -> Floats:
        """Return the penalties of what each set leaves out; infinity where it is not so many required stops."""
        return np.where(self._missing == missing, self._penalties, np.inf)

    def _joined(self, least: Floats, shares: Shares) -> Floats:
        """Return the least cost of each set when one more vehicle takes a share of it, or none."""
        reached = self._every[least < np.inf]
        best = least.copy()
        for share, cost in zip(*(column.tolist() for column in shares), strict=True):
            apart = reached[(reached & share) == 0]
            both = apart | share
            best[both] = np.minimum(best[both], least[apart] + cost)
        return best

    def _best_beside(self, shares: Shares, others: Floats, due: Floats) -> Floats:
        """Return the least cost of a whole plan for each share that one vehicle may take."""
        reached = self._every[others < np.inf]
        best = np.empty(len(shares[0]))
        for k, (share, cost) in enumerate(zip(*(column.tolist() for column in shares), strict=True)):
            apart = reached[(reached & share) == 0]
            best[k] = cost + (others[apart] + due[apart | share]).min(initial=np.inf)
        return best


def _shares(problem: Problem, driver: Driver) -> Shares:
    rounds = Rounds(problem, driver.network)
    costs = rounds.costs()
    able = rounds.sets[(costs < np.inf) & (rounds.sets > 0)]
    whole = np.zeros(len(able), dtype=np.int64)
    for k, node in enumerate(driver.network.stops):
        whole |= (able >> k & 1) << (node - 1)
    return whole, costs[able]


def _left_out(problem: Problem) -> tuple[Floats, Ints]:
    """Return the penalties of what each set leaves out, and how many required stops that is."""
    every = np.arange(1 << len(problem.stops), dtype=np.int64)
    penalties, missing = np.zeros(len(every)), np.zeros(len(every), dtype=np.int64)
    for k, stop in enumerate(problem.stops):
        left_out = 1 - (every >> k & 1)
        penalties += left_out * (stop.penalty or 0.0)
        missing += left_out * stop.required
    return penalties, missing

"""A chain of the full kernel: ferries, breaks, shipments, several trips, any limit."""

import itertools

import numpy as np

from router.solver.decode import RELOAD, KernelRoute, best_routes, current_routes
from router.solver.encode import Encoding
from router.solver.kernel import model as m
from router.solver.kernel.load import load
from router.solver.kernel.search import prepare
from router.solver.kernel.work import CONSTRUCT, PLACE_ALL, RUN, work

ANYTHING_GOES = 1e30
"""A temperature at which anything is accepted."""


class FullChain:
    """A chain of the full kernel."""

    hot = 1.0
    cold = 0.01

    def __init__(self, encoding: Encoding, seed: int) -> None:
        """Put every stop out."""
        self._encoding = encoding
        self._state = m.new_state(encoding.model, encoding.decks, seed)
        prepare(encoding.model, self._state)

    @property
    def iterations(self) -> int:
        return int(self._state.counter[m.ITERATION])

    @property
    def best_missing(self) -> int:
        return int(self._state.counter[m.BEST_MISSING])

    @property
    def best_absent(self) -> int:
        return int(self._state.counter[m.BEST_ABSENT])

    @property
    def best_cost(self) -> float:
        return float(self._state.value[m.BEST_COST])

    @property
    def missing(self) -> int:
        return int(self._state.counter[m.MISSING])

    @property
    def cost(self) -> float:
        return float(self._state.value[m.COST])

    def construct(self) -> None:
        if self._state.counter[m.ABSENT] < len(self._encoding.stops):
            self.load([])
        self.fill()

    def fill(self) -> None:
        work(self._encoding.model, self._state, CONSTRUCT, 0, 0.0)

    @property
    def absent(self) -> int:
        """Stops that the current plan leaves out."""
        return int(self._state.counter[m.ABSENT])

    @property
    def worth(self) -> float:
        """What the current plan costs, each required stop left out counted as more than any plan costs."""
        return self.cost + self.missing * float(self._encoding.model.big[0])

    @property
    def dry(self) -> bool:
        """Whether all is on one land mass."""
        return int(self._encoding.model.masses[0]) == 1

    def arc_cost(self) -> float:
        state, model = self._state, self._encoding.model
        used = state.tour[:, m.LENGTH] > 0
        fixed = float((model.rate[:, m.FIXED] * used).sum())
        served = len(self._encoding.stops) - int(state.counter[m.ABSENT])
        return max((float(state.cost.sum()) - fixed) / max(served + int(used.sum()), 1), 1e-6)

    def run(self, iterations: int, temperature: float, arc: float) -> None:
        del arc
        work(self._encoding.model, self._state, RUN, iterations, temperature)

    def kick(self, kind: int) -> int:
        """Kick the plan whatever it costs, and let the next rounds begin where that changed it.

        Return how many stops are there: in the routes touched, and left out. It is 0 where the kick did not hold.
        """
        counter, tours = self._state.counter, self._state.log_tour
        counter[m.KICK] = kind
        work(self._encoding.model, self._state, RUN, 1, ANYTHING_GOES)
        done, counter[m.KICK] = counter[m.KICK] == 0, 0
        if not done:
            return 0
        touched = np.isin(
            self._state.at["route"][: len(self._encoding.stops)], tours[: counter[m.LOGGED_TOURS], 0]
        )
        stops = np.concatenate((np.flatnonzero(touched), self._state.absent[: counter[m.ABSENT]]))
        self._state.focus[: len(stops)] = stops
        counter[m.FOCUS] = len(stops)
        return len(stops)

    def trade(self, share: float) -> None:
        """Let this share of the rounds to come be trades between vehicles, where there is water."""
        self._state.value[m.TRADES] = 0.0 if self.dry else share

    def look_everywhere(self) -> None:
        """Let rounds begin at any stop again."""
        self._state.counter[m.FOCUS] = 0

    def fleet_weighs(self) -> bool:
        state, model = self._state, self._encoding.model
        fixed = float((model.rate[:, m.FIXED] * (state.tour[:, m.LENGTH] > 0)).sum())
        # Over water it is decks and timetables that say who goes out.
        return model.masses[0] == 1 and 2.0 * fixed > float(state.cost.sum())

    def spare(self) -> bool:
        routes = self.best()
        required = self._encoding.model.required
        # A route without required stops is left alone: nothing would have to be placed.
        held = [r for r in routes if any(stop != RELOAD and required[stop] for stop in r.stops)]
        if len(routes) < 2 or not held or self.best_missing > 0:
            return False
        easiest = min(held, key=self._trouble)
        self.open()
        if not self.load([route for route in routes if route is not easiest]):
            return False
        self._state.closed[:] = self._state.tour[:, m.LENGTH] == 0
        return True

    def _trouble(self, route: KernelRoute) -> int:
        """Return how hard the stops of a route have been to place so far."""
        stops = [stop for stop in route.stops if stop != RELOAD]
        return int(self._state.absences[stops].sum()) + len(stops)

    def place_all(self, iterations: int, temperature: float) -> bool:
        return bool(work(self._encoding.model, self._state, PLACE_ALL, iterations, temperature))

    def open(self) -> None:
        self._state.closed[:] = False
        self._state.hint[:] = self._encoding.model.type_0[:-1]

    def best(self) -> list[KernelRoute]:
        return best_routes(self._encoding, self._state)

    def current(self) -> list[KernelRoute]:
        return current_routes(self._encoding, self._state)

    def load(self, routes: list[KernelRoute]) -> bool:
        first = np.cumsum([0, *(len(route.stops) for route in routes)], dtype=np.int64)
        nodes = [node for route in routes for node in self._nodes(route)]
        stops = np.array(nodes, dtype=np.int64)
        crossings = np.array([x for route in routes for x in route.crossings], dtype=np.int64)
        vehicles = np.array([route.vehicle for route in routes], dtype=np.int64)
        costs = np.array([route.cost for route in routes], dtype=np.float64)
        return bool(load(self._encoding.model, self._state, vehicles, first, stops, crossings, costs))

    def _nodes(self, route: KernelRoute) -> list[int]:
        """Return the kernel's nodes of a route: its vehicle's own reload nodes stand for the reloads."""
        reload = itertools.count(int(self._encoding.model.vehicle[route.vehicle, m.RELOAD_0]))
        return [next(reload) if stop == RELOAD else stop for stop in route.stops]

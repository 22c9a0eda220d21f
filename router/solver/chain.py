"""One chain of ruin and recreate, whichever kernel drives it: the full one, or the faster one for plain days."""

import itertools
from typing import Protocol

import numpy as np

from router.solver.decode import RELOAD, KernelRoute, best_routes, current_routes, routes_of
from router.solver.encode import Encoding
from router.solver.kernel import model as m
from router.solver.kernel.fewer import place_all
from router.solver.kernel.load import load
from router.solver.kernel.search import construct, prepare, run
from router.solver.plain import model as p
from router.solver.plain import search as plain
from router.solver.plain.encode import encode_day, is_plain

DESCENT = 2
"""Iterations for each stop that only go downhill, from the greedy plan to one worth annealing."""

POLISH_SLACK = 4.0
"""Plans worse than would be accepted by up to this many arcs are polished before they are judged."""


class Chain(Protocol):
    """A plan that is ruined and recreated, and the best one seen."""

    hot: float
    """Temperature at which it begins, in mean costs of an arc."""

    cold: float
    """Temperature at which it ends."""

    breeds: bool
    """Whether routes may be shortened and put together anew outside of the kernel."""

    @property
    def iterations(self) -> int:
        """Rounds of ruin and recreate so far."""
        ...

    @property
    def best_missing(self) -> int:
        """Required stops that the best plan leaves out."""
        ...

    @property
    def best_absent(self) -> int:
        """Stops that the best plan leaves out."""
        ...

    @property
    def best_cost(self) -> float:
        """Return what the best plan costs, required stops left out not counted."""
        ...

    @property
    def missing(self) -> int:
        """Required stops that the current plan leaves out."""
        ...

    @property
    def cost(self) -> float:
        """Return what the current plan costs, required stops left out not counted."""
        ...

    def construct(self) -> None:
        """Begin anew from a plan built greedily; the best plan is kept."""
        ...

    def fill(self) -> None:
        """Insert the stops that are left out greedily."""
        ...

    def arc_cost(self) -> float:
        """Return what the current plan costs on average from stop to stop."""
        ...

    def run(self, iterations: int, temperature: float, arc: float) -> None:
        """Ruin and recreate at a temperature; ``arc`` is what an arc costs on average."""
        ...

    def fleet_weighs(self) -> bool:
        """Return whether vehicles cost more than all that they do, so that fewer of them are worth looking for."""
        ...

    def spare(self) -> bool:
        """Stand at the best plan without the route whose stops are easiest to place elsewhere, and keep vehicles home.

        Return ``False`` where that makes no sense or does not hold. ``open`` ends it.
        """
        ...

    def place_all(self, iterations: int, temperature: float) -> bool:
        """Look for a place for every required stop, whatever it costs; return whether all have one."""
        ...

    def open(self) -> None:
        """Let every vehicle go out again."""
        ...

    def best(self) -> list[KernelRoute]:
        """Return the routes of the best plan."""
        ...

    def current(self) -> list[KernelRoute]:
        """Return the routes of the plan that the chain stands at."""
        ...

    def load(self, routes: list[KernelRoute]) -> bool:
        """Stand at these routes; return ``False`` where one of them does not hold."""
        ...


def new_chain(encoding: Encoding, seed: int) -> Chain:
    """Return a chain of the kernel that suits the problem, with every stop absent."""
    return PlainChain(encoding, seed) if is_plain(encoding.model) else FullChain(encoding, seed)


class FullChain:
    """A chain of the full kernel."""

    hot = 1.0
    cold = 0.01
    breeds = False

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
        construct(self._encoding.model, self._state)

    def arc_cost(self) -> float:
        state, model = self._state, self._encoding.model
        used = state.tour[:, m.LENGTH] > 0
        fixed = float((model.rate[:, m.FIXED] * used).sum())
        served = len(self._encoding.stops) - int(state.counter[m.ABSENT])
        return max((float(state.cost.sum()) - fixed) / max(served + int(used.sum()), 1), 1e-6)

    def run(self, iterations: int, temperature: float, arc: float) -> None:
        del arc
        run(self._encoding.model, self._state, iterations, temperature, temperature)

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
        return bool(place_all(self._encoding.model, self._state, iterations, temperature))

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


class PlainChain:
    """A chain of the kernel for plain days."""

    hot = 4.0
    cold = 0.03
    breeds = True

    def __init__(self, encoding: Encoding, seed: int) -> None:
        """Put every stop out."""
        self._encoding = encoding
        self._day, node = encode_day(encoding.model)
        self._tours = p.new_tours(self._day, node, seed)
        plain.clear(self._day, self._tours)

    @property
    def iterations(self) -> int:
        return int(self._tours.counter[p.DONE])

    @property
    def best_missing(self) -> int:
        return int(self._tours.counter[p.BEST_MISSING])

    @property
    def best_absent(self) -> int:
        return int(self._tours.counter[p.BEST_ABSENT])

    @property
    def best_cost(self) -> float:
        return float(self._tours.value[p.BEST_COST])

    @property
    def missing(self) -> int:
        return int(self._tours.counter[p.MISSING])

    @property
    def cost(self) -> float:
        return float(self._tours.value[p.COST])

    def construct(self) -> None:
        plain.clear(self._day, self._tours)
        self.fill()
        plain.run(self._day, self._tours, DESCENT * len(self._encoding.stops), 0.0, np.inf)

    def fill(self) -> None:
        plain.construct(self._day, self._tours)

    def arc_cost(self) -> float:
        tours, day = self._tours, self._day
        used = tours.tour[:, p.LENGTH] > 0
        roads = float((day.vehicle["per_meter"] * tours.tour[:, p.METERS] * used).sum())
        served = len(self._encoding.stops) - int(tours.counter[p.ABSENT])
        return max(roads / max(served + int(used.sum()), 1), 1e-6)

    def run(self, iterations: int, temperature: float, arc: float) -> None:
        plain.run(self._day, self._tours, iterations, temperature, POLISH_SLACK * arc)

    def fleet_weighs(self) -> bool:
        return False

    def spare(self) -> bool:
        return False

    def place_all(self, iterations: int, temperature: float) -> bool:
        del iterations, temperature
        return self.missing == 0

    def open(self) -> None:
        pass

    def best(self) -> list[KernelRoute]:
        return self._routes(self._tours.best_next, self._tours.best_meters)

    def current(self) -> list[KernelRoute]:
        return self._routes(self._tours.at["next"], self._tours.tour[:, p.METERS])

    def load(self, routes: list[KernelRoute]) -> bool:
        first = np.cumsum([0, *(len(route.stops) for route in routes)], dtype=np.int64)
        stops = np.array([stop for route in routes for stop in route.stops], dtype=np.int32)
        vehicles = np.array([route.vehicle for route in routes], dtype=np.int64)
        plain.clear(self._day, self._tours)
        return bool(plain.load(self._day, self._tours, vehicles, first, stops))

    def _routes(self, following: m.Ints32, meters: m.Ints) -> list[KernelRoute]:
        vehicle = self._day.vehicle
        costs = (vehicle["fixed"] + vehicle["per_meter"] * meters).tolist()
        return [
            KernelRoute(vehicle, tuple(stops), (m.NONE,) * (len(stops) + 1), costs[vehicle])
            for vehicle, stops in routes_of(following, len(self._encoding.stops), len(costs))
        ]

"""A chain of the faster kernel for plain days."""

import numpy as np

from router.solver.decode import KernelRoute, routes_of
from router.solver.encode import Encoding
from router.solver.kernel import model as m
from router.solver.plain import model as p
from router.solver.plain import search as plain
from router.solver.plain.encode import encode_day

DESCENT = 2
"""Iterations for each stop that only go downhill, from the greedy plan to one worth annealing."""

POLISH_SLACK = 4.0
"""Plans worse than would be accepted by up to this many arcs are polished before they are judged."""


class PlainChain:
    """A chain of the kernel for plain days."""

    hot = 4.0
    cold = 0.03

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

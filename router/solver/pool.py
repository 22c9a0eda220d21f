"""Good routes seen during the search, each once: the columns that the assembly chooses from."""

from dataclasses import dataclass, field

from router.solver.decode import KernelRoute
from router.solver.encode import Encoding

MOST = 6000
"""Routes kept; the oldest go first."""


@dataclass(slots=True)
class RoutePool:
    """Routes with their costs, keyed by vehicle type, stops and crossings."""

    encoding: Encoding
    _cost: dict[tuple[int, tuple[int, ...], tuple[int, ...]], float] = field(default_factory=dict)

    def add(self, routes: list[KernelRoute]) -> None:
        """Remember the routes; one seen before becomes the youngest again."""
        for route in routes:
            key = (self.encoding.type_of[route.vehicle], route.stops, route.crossings)
            self._cost.pop(key, None)
            self._cost[key] = route.cost
        while len(self._cost) > MOST:
            del self._cost[next(iter(self._cost))]

    def columns(self) -> list[tuple[int, tuple[int, ...], tuple[int, ...], float]]:
        """Return ``(vehicle type, stops, crossings, cost)`` of every route kept, oldest first."""
        return [(*key, cost) for key, cost in self._cost.items()]

    def __len__(self) -> int:
        return len(self._cost)

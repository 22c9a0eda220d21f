"""Good routes seen during the search, each once: the columns that the assembly chooses from."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from router.solver.decode import RELOAD, KernelRoute
from router.solver.encode import Encoding
from router.solver.kernel import model as m

Column = tuple[int, tuple[int, ...], tuple[int, ...], float]
"""Vehicle type, stops, crossings and cost of a route."""

Part = tuple[int, frozenset[int], int, tuple[int, ...]]
"""What a route does in a plan, in whatever order: vehicle type, stops, reloads and crossings."""

MOST = 6000
"""Routes kept; the oldest go first."""


@dataclass(slots=True)
class RoutePool:
    """Routes with their costs, keyed by vehicle type, stops and crossings."""

    encoding: Encoding
    _cost: dict[tuple[int, tuple[int, ...], tuple[int, ...]], float] = field(default_factory=dict)

    def add(self, routes: Iterable[KernelRoute]) -> None:
        """Remember the routes; one seen before becomes the youngest again."""
        for route in routes:
            key = (self.encoding.type_of[route.vehicle], route.stops, route.crossings)
            self._cost.pop(key, None)
            self._cost[key] = route.cost
        while len(self._cost) > MOST:
            del self._cost[next(iter(self._cost))]

    def columns(self) -> list[Column]:
        """Return every route kept, oldest first."""
        return [(*key, cost) for key, cost in self._cost.items()]

    def copy(self) -> "RoutePool":
        """Return a pool of the same routes."""
        return RoutePool(self.encoding, dict(self._cost))

    def __len__(self) -> int:
        return len(self._cost)


def as_column(encoding: Encoding, route: KernelRoute) -> Column:
    """Return a route as the pool keeps it."""
    return encoding.type_of[route.vehicle], route.stops, route.crossings, route.cost


def part_of(column: Column) -> Part:
    """Return what a route does in a plan."""
    kind, stops, crossings, _ = column
    taken = tuple(sorted(x for x in crossings if x != m.NONE))
    return kind, frozenset(stops), stops.count(RELOAD), taken

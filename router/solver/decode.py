"""From the kernel's arrays back to ids."""

from collections.abc import Iterable
from dataclasses import dataclass

from router.domain.proposal import Action, Boarding, Proposal, Reload, RouteProposal, Visit
from router.solver.encode import Encoding
from router.solver.kernel import model as m

RELOAD = -2
"""Stands for a reload among the stops of a route."""


@dataclass(frozen=True, slots=True)
class KernelRoute:
    """A route in the kernel's indices.

    Attributes:
        vehicle: Index of the vehicle.
        stops: Indices of the stops, in order; RELOAD where the vehicle loads for another trip.
        crossings: The crossing taken to reach each stop and then the end, or NONE: one more than ``stops``.
        cost: What the route costs.
    """

    vehicle: int
    stops: tuple[int, ...]
    crossings: tuple[int, ...]
    cost: float


def best_routes(encoding: Encoding, state: m.State) -> list[KernelRoute]:
    """Return the used routes of the best plan."""
    return _routes(encoding, state.best_next, state.best_crossed, state.best_route_cost)


def current_routes(encoding: Encoding, state: m.State) -> list[KernelRoute]:
    """Return the used routes of the plan that the search stands at."""
    return _routes(encoding, state.at["next"], state.at["crossed"], state.cost)


def routes_of(following: m.Ints | m.Ints32, count: int, vehicles: int) -> list[tuple[int, list[int]]]:
    """Return the vehicles that serve anything, with their stops in order, from the links of ``count`` stops."""
    after = following.tolist()
    routes = []
    for v in range(vehicles):
        i, end, stops = after[count + 2 * v], count + 2 * v + 1, []
        while i not in (end, m.NONE):
            stops.append(i)
            i = after[i]
        if stops:
            routes.append((v, stops))
    return routes


def decode(encoding: Encoding, routes: Iterable[KernelRoute]) -> Proposal:
    """Return the proposal that the routes spell."""
    return Proposal(routes=tuple(_route(encoding, route) for route in routes))


def _routes(encoding: Encoding, following: m.Ints, crossed: m.Ints, cost: m.Floats) -> list[KernelRoute]:
    routes = []
    count = len(encoding.stops)
    water = crossed.tolist()
    for v, nodes in routes_of(following, count, len(encoding.vehicles)):
        stops = tuple(i if i < count else RELOAD for i in nodes)
        crossings = (*(water[i] for i in nodes), water[count + 2 * v + 1])
        routes.append(KernelRoute(v, stops, crossings, float(cost[v])))
    return routes


def _route(encoding: Encoding, route: KernelRoute) -> RouteProposal:
    actions: list[Action] = []
    for position, x in enumerate(route.crossings):
        if x != m.NONE:
            actions += (Boarding(sailing.id) for sailing in encoding.waterways.crossings[x].sailings)
        if position < len(route.stops):
            stop = route.stops[position]
            actions.append(Reload() if stop == RELOAD else Visit(encoding.stops[stop].id))
    return RouteProposal(vehicle_id=encoding.vehicles[route.vehicle].id, actions=tuple(actions))

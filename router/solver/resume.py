"""From a plan that was found before back to the kernel's routes, to search on from it."""

from collections.abc import Iterator

from router.domain.ids import SailingId, StopId
from router.domain.plan import EndStep, FerryStep, Plan, ReloadStep, Route, StopStep
from router.solver.decode import RELOAD, KernelRoute
from router.solver.encode import Encoding
from router.solver.kernel import model as m

Waters = dict[tuple[int, tuple[SailingId, ...]], int]
"""The kernel's crossing for each conveyance and sequence of sailings."""


def routes_to_resume(encoding: Encoding, plan: Plan) -> list[KernelRoute]:
    """Return the routes of a plan that holds for this very problem.

    A route with a crossing that the kernel does not know, since others are better, is left out: its stops
    will be put in anew.
    """
    vehicles = {vehicle.id: v for v, vehicle in enumerate(encoding.vehicles)}
    stops = {stop.id: i for i, stop in enumerate(encoding.stops)}
    waters = _waters(encoding)
    routes = []
    for route in plan.routes:
        v = vehicles[route.vehicle_id]
        conveyance = int(encoding.model.vehicle[v, m.CONVEYANCE])
        legs = tuple(_legs(route))
        crossings = tuple(
            m.NONE if not sailings else waters.get((conveyance, sailings)) for _, sailings in legs
        )
        visits = tuple(RELOAD if stop is None else stops[stop] for stop, _ in legs[:-1])
        known = tuple(x for x in crossings if x is not None)
        if len(known) == len(crossings):
            routes.append(KernelRoute(v, visits, known, route.cost))
    return routes


def _legs(route: Route) -> Iterator[tuple[StopId | None, tuple[SailingId, ...]]]:
    """Yield where the route goes, ``None`` for a depot, and the sailings that it takes to get there."""
    sailings: list[SailingId] = []
    for step in route.steps:
        match step:
            case FerryStep():
                sailings.append(step.sailing_id)
            case StopStep(stop_id=stop_id):
                yield stop_id, tuple(sailings)
                sailings = []
            case ReloadStep() | EndStep():
                yield None, tuple(sailings)
                sailings = []
            case _:
                continue


def _waters(encoding: Encoding) -> Waters:
    ways = encoding.waterways
    found: Waters = {}
    for conveyance in ways.conveyance_of.values():
        for pair in ways.port_pair[ways.pair_0[conveyance, 0] : ways.pair_0[conveyance, -1]]:
            for x in range(int(pair[m.CROSSING_0]), int(pair[m.CROSSING_N])):
                sailings = tuple(sailing.id for sailing in ways.crossings[x].sailings)
                found[conveyance, sailings] = x
    return found

"""Route shape: one route per used vehicle, from its start over at least one stop to its end.

A vehicle without a start depot starts at its first stop, one without an end depot ends at its last.
"""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.domain.fleet import Vehicle
from router.domain.ids import DepotId, PlaceId, StopId, VehicleId
from router.domain.plan import EndStep, Route, StartStep, Step, StopStep


def route_shape(case: Case) -> Iterator[Finding]:
    """Yield second routes of a vehicle, empty routes, and starts and ends that are missing or misplaced."""
    seen: set[VehicleId] = set()
    for route in case.plan.routes:
        if route.vehicle_id in seen:
            yield Finding(route.vehicle_id, None, "one route per vehicle", "the vehicle has another route")
        seen.add(route.vehicle_id)
        yield from _frame(route)
    for route, vehicle in case.routes():
        yield from _ends(route, vehicle)


def _frame(route: Route) -> Iterator[Finding]:
    last = len(route.steps) - 1
    if last < 0 or not isinstance(route.steps[0], StartStep):
        yield Finding(route.vehicle_id, None, "the first step is a start", _kind(route.steps[:1]))
    if last < 0 or not isinstance(route.steps[-1], EndStep):
        yield Finding(route.vehicle_id, None, "the last step is an end", _kind(route.steps[-1:]))
    for index, step in enumerate(route.steps):
        if isinstance(step, StartStep) and index != 0:
            yield Finding(
                route.vehicle_id, index, "a start only as the first step", f"a start as step {index}"
            )
        if isinstance(step, EndStep) and index != last:
            yield Finding(route.vehicle_id, index, "an end only as the last step", f"an end as step {index}")
    if not any(isinstance(step, StopStep) for step in route.steps):
        yield Finding(route.vehicle_id, None, "a used vehicle serves at least one stop", "it serves none")


def _ends(route: Route, vehicle: Vehicle) -> Iterator[Finding]:
    stops = [step.stop_id for step in route.steps if isinstance(step, StopStep)]
    first, last = (stops[0], stops[-1]) if stops else (None, None)
    for index, step in enumerate(route.steps):
        if isinstance(step, StartStep):
            yield from _elsewhere(vehicle, index, "starts", step.place, (vehicle.start, "first", first))
        if isinstance(step, EndStep):
            yield from _elsewhere(vehicle, index, "ends", step.place, (vehicle.end, "last", last))


def _elsewhere(
    vehicle: Vehicle,
    index: int,
    verb: str,
    place: PlaceId,
    wanted: tuple[DepotId | None, str, StopId | None],
) -> Iterator[Finding]:
    """Yield a start or an end that is not at the depot or, without one, not at the stop; a route may have none."""
    depot, which, stop = wanted
    if depot is not None and place != depot:
        yield Finding(vehicle.id, index, f"{verb} at depot {depot}", f"{verb} at {place}")
    if depot is None and stop is not None and place != stop:
        yield Finding(vehicle.id, index, f"{verb} at its {which} stop {stop}", f"{verb} at {place}")


def _kind(steps: tuple[Step, ...]) -> str:
    if not steps:
        return "the route has no steps"
    return f"it is a {type(steps[0]).__name__.removesuffix('Step').lower()}"

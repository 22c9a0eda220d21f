"""Route shape: one route per used vehicle, from its start depot over at least one stop to its end depot."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.domain.fleet import Vehicle
from router.domain.ids import VehicleId
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
        yield from _depots(route, vehicle)


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


def _depots(route: Route, vehicle: Vehicle) -> Iterator[Finding]:
    for index, step in enumerate(route.steps):
        if isinstance(step, StartStep) and step.depot_id != vehicle.start:
            yield Finding(vehicle.id, index, f"starts at depot {vehicle.start}", f"starts at {step.depot_id}")
        if isinstance(step, EndStep) and step.depot_id != vehicle.end:
            yield Finding(vehicle.id, index, f"ends at depot {vehicle.end}", f"ends at {step.depot_id}")


def _kind(steps: tuple[Step, ...]) -> str:
    if not steps:
        return "the route has no steps"
    return f"it is a {type(steps[0]).__name__.removesuffix('Step').lower()}"

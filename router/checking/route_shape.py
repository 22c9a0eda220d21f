"""Route shape: one route per used vehicle, from its start over at least one stop to its end.

A vehicle without a start depot starts at its first stop, one without an end depot ends at its last. One that had left
when its day was planned anew may serve nobody, and ends where it is where it was dropped or no sailing brings it home.
"""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.steps import place_after
from router.checking.under_way import UnderWay
from router.domain.fleet import Vehicle
from router.domain.ids import DepotId, PlaceId, StopId, VehicleId
from router.domain.plan import BreakStep, EndStep, Route, StartStep, Step, StopStep


def route_shape(case: Case) -> Iterator[Finding]:
    """Yield second routes of a vehicle, empty routes, and starts and ends that are missing or misplaced."""
    seen: set[VehicleId] = set()
    for route in case.plan.routes:
        if route.vehicle_id in seen:
            yield Finding(route.vehicle_id, None, "one route per vehicle", "the vehicle has another route")
        seen.add(route.vehicle_id)
        yield from _frame(route, had_left=_under_way(case, route.vehicle_id) is not None)
    for route, vehicle in case.routes():
        yield from _ends(case, route, vehicle)


def _frame(route: Route, *, had_left: bool) -> Iterator[Finding]:
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
    if not had_left and not any(isinstance(step, StopStep) for step in route.steps):
        yield Finding(route.vehicle_id, None, "a used vehicle serves at least one stop", "it serves none")


def _under_way(case: Case, vehicle_id: VehicleId) -> UnderWay | None:
    return case.under_way(case.problem.vehicle(vehicle_id)) if case.problem.has_vehicle(vehicle_id) else None


def _ends(case: Case, route: Route, vehicle: Vehicle) -> Iterator[Finding]:
    now = case.under_way(vehicle)
    if now is not None:
        yield from _end_under_way(case, now, route, vehicle)
        return
    stops = [step.stop_id for step in route.steps if isinstance(step, StopStep)]
    first, last = (stops[0], stops[-1]) if stops else (None, None)
    for index, step in enumerate(route.steps):
        if isinstance(step, StartStep):
            yield from _elsewhere(vehicle, index, "starts", step.place, (vehicle.start, "first", first))
        if isinstance(step, EndStep):
            yield from _elsewhere(vehicle, index, "ends", step.place, (vehicle.end, "last", last))


def _end_under_way(case: Case, now: UnderWay, route: Route, vehicle: Vehicle) -> Iterator[Finding]:
    """Yield an end that is neither at the end depot nor, for who need not or cannot come home, where it is left."""
    report = case.plan.replan
    stranded = {one.vehicle_id for one in report.stranded} if report is not None else set()
    dropped = case.history is not None and vehicle.id in case.history.dropped
    placed = [step for step in route.steps[:-1] if not isinstance(step, BreakStep)]
    end = route.steps[-1] if placed else None
    if not isinstance(end, EndStep) or end.place == vehicle.end:
        return
    left = {place_after(placed[-1])}
    if now.goes_on and len(placed) <= sum(not isinstance(s, BreakStep) for s in route.steps[: now.past]):
        left.add(now.place)
    may_stay = vehicle.end is None or dropped or vehicle.id in stranded
    if not may_stay or end.place not in left:
        wanted = f"ends at depot {vehicle.end}" if not may_stay else f"ends at {' or '.join(sorted(left))}"
        yield Finding(vehicle.id, len(route.steps) - 1, wanted, f"ends at {end.place}")


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

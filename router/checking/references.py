"""References: whatever a plan names exists in the problem."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.domain.ids import VehicleId
from router.domain.plan import BreakStep, EndStep, FerryStep, ReloadStep, Route, StartStep, Step, StopStep


def references(case: Case) -> Iterator[Finding]:
    """Yield every vehicle, stop, depot, line, sailing, port and break that is named but does not exist."""
    known = _known_ids(case)
    for route in case.plan.routes:
        if route.vehicle_id not in known["vehicle"]:
            yield _unknown(route.vehicle_id, None, "vehicle", route.vehicle_id)
        known["break"] = _break_ids(case, route)
        for index, step in enumerate(route.steps):
            for noun, name in _names(step):
                if name not in known[noun]:
                    yield _unknown(route.vehicle_id, index, noun, name)
    for left_out in case.plan.unserved:
        if left_out.stop_id not in known["stop"]:
            yield _unknown(None, None, "stop", left_out.stop_id)
        for reason in left_out.reasons:
            for vehicle_id in reason.vehicle_ids:
                if vehicle_id not in known["vehicle"]:
                    yield _unknown(None, None, "vehicle", vehicle_id)


def _known_ids(case: Case) -> dict[str, frozenset[str]]:
    problem, timetable = case.problem, case.problem.timetable
    ports = frozenset(port.id for port in timetable.ports)
    # A vehicle that cannot come home may have to end at a port.
    left_at = ports if case.history is not None else frozenset()
    return {
        "vehicle": frozenset(vehicle.id for vehicle in problem.vehicles),
        "stop": frozenset(stop.id for stop in problem.stops),
        "depot": frozenset(depot.id for depot in problem.depots),
        "depot or stop": frozenset(
            {*(d.id for d in problem.depots), *(s.id for s in problem.stops), *left_at}
        ),
        "line": frozenset(line.id for line in timetable.lines),
        "sailing": frozenset(sailing.id for sailing in timetable.sailings()),
        "port": ports,
    }


def _break_ids(case: Case, route: Route) -> frozenset[str]:
    """Return the breaks of the route's own vehicle: those of another driver are strange to it."""
    if not case.problem.has_vehicle(route.vehicle_id):
        return frozenset()
    return frozenset(rest.id for rest in case.problem.vehicle(route.vehicle_id).breaks)


def _names(step: Step) -> tuple[tuple[str, str], ...]:
    match step:
        case StopStep():
            return (("stop", step.stop_id),)
        case FerryStep():
            return (
                ("line", step.line_id),
                ("sailing", step.sailing_id),
                ("port", step.from_port),
                ("port", step.to_port),
            )
        case BreakStep():
            named = (("break", step.break_id),)
            return named if step.aboard is None else (*named, ("sailing", step.aboard))
        case StartStep() | EndStep():
            return (("depot or stop", step.place),)
        case ReloadStep():
            return (("depot", step.place),)


def _unknown(vehicle_id: VehicleId | None, step: int | None, noun: str, name: str) -> Finding:
    return Finding(vehicle_id, step, f"a {noun} of the request", f"{name!r} is no {noun} of the request")

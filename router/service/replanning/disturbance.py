"""Who is disturbed by what has happened, and by what."""

from router.domain.changes import ChangeReason
from router.domain.ids import VehicleId
from router.domain.plan import FerryStep, Step, StopStep
from router.service.replanning.day import Day


def disturbed_vehicles(day: Day) -> dict[VehicleId, tuple[ChangeReason, str]]:
    """Return the vehicles that cannot go on as planned, with the first thing that keeps each from it."""
    found: dict[VehicleId, tuple[ChangeReason, str]] = {}
    for route in day.history.before.routes:
        where = day.standings.get(route.vehicle_id)
        to_come = route.steps if where is None else route.steps[len(where.done) :]
        if route.vehicle_id in day.history.dropped:
            found[route.vehicle_id] = ChangeReason.VEHICLE_DROPPED, f"vehicle {route.vehicle_id} is dropped"
            continue
        troubles = (trouble for step in to_come if (trouble := _trouble(day, step)) is not None)
        first = next(troubles, None)
        if first is not None:
            found[route.vehicle_id] = first
    return found


def _trouble(day: Day, step: Step) -> tuple[ChangeReason, str] | None:
    if isinstance(step, FerryStep):
        sailing = day.problem.timetable.sailing(step.sailing_id)
        if sailing.cancelled:
            return ChangeReason.SAILING_CANCELLED, f"sailing {sailing.id} is cancelled"
        if sailing.departs != step.departs_at:
            return ChangeReason.SAILING_DELAYED, f"sailing {sailing.id} departs at another time"
    if isinstance(step, StopStep) and step.stop_id in day.history.withdrawn:
        return ChangeReason.STOP_REMOVED, f"stop {step.stop_id} is not asked for any more"
    return None

"""Ready at: nothing leaves the depot, nor is anything else served, before it is ready."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.steps import Trip, trips_of
from router.checking.wording import clock
from router.domain.fleet import Vehicle
from router.domain.plan import StopStep
from router.domain.problem import Stop, StopKind
from router.domain.units import Instant


def ready_at(case: Case) -> Iterator[Finding]:
    """Yield every drop-off on a trip that leaves too soon for it.

    What does not come from the depot, a pick-up or an end of a shipment, is served no earlier instead.
    """
    for route, vehicle in case.routes():
        for trip in trips_of(route):
            for index, step in trip.numbered():
                if isinstance(step, StopStep) and case.problem.has_stop(step.stop_id):
                    yield from _too_soon(case, vehicle, trip, index, step)


def _too_soon(case: Case, vehicle: Vehicle, trip: Trip, index: int, step: StopStep) -> Iterator[Finding]:
    stop = case.problem.stop(step.stop_id)
    verb, moment = _needs_it(trip, step, stop)
    if stop.ready_at is not None and moment is not None and moment < stop.ready_at:
        yield Finding(
            vehicle.id,
            index,
            f"{verb} no earlier than {clock(case, stop.id, stop.ready_at)}, when {stop.id} is ready",
            f"{verb} at {clock(case, stop.id, moment)}",
        )


def _needs_it(trip: Trip, step: StopStep, stop: Stop) -> tuple[str, Instant | None]:
    if stop.kind is StopKind.DROPOFF and stop.shipment is None:
        return "its trip leaves the depot", trip.leaves_at
    return "its service begins", step.starts_at

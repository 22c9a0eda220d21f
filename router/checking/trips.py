"""Trips: a vehicle comes back to its start depot for another load, no more often than it may and never for none."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.steps import trips_of
from router.domain.fleet import Vehicle
from router.domain.plan import ReloadStep, Route, StopStep


def trips(case: Case) -> Iterator[Finding]:
    """Yield trips beyond the limit, trips that serve nobody, and reloads elsewhere or in too little time.

    A route of one trip that serves nobody is left to ``route_shape``. A trip that had begun when the day was planned
    anew may be left with nobody to serve. A vehicle without a start depot makes one trip.
    """
    for route, vehicle in case.routes():
        made = trips_of(route)
        now = case.under_way(vehicle)
        begun = 0 if now is None else now.past
        if len(made) > vehicle.max_trips:
            yield Finding(vehicle.id, None, f"at most {vehicle.max_trips} trips", f"{len(made)} trips")
        for trip in made if len(made) > 1 else ():
            serves = any(isinstance(step, StopStep) for step in trip.steps)
            if not serves and trip.index >= begun:
                yield Finding(vehicle.id, trip.index, "a trip serves at least one stop", "it serves none")
        yield from _reloads(route, vehicle)


def _reloads(route: Route, vehicle: Vehicle) -> Iterator[Finding]:
    for index, step in enumerate(route.steps):
        if not isinstance(step, ReloadStep):
            continue
        if vehicle.start is not None and step.place != vehicle.start:
            yield Finding(vehicle.id, index, f"reloads at depot {vehicle.start}", f"reloads at {step.place}")
        taken = step.departs_at - step.starts_at
        if taken < vehicle.reload:
            yield Finding(vehicle.id, index, f"at least {vehicle.reload} s to reload", f"{taken} s")

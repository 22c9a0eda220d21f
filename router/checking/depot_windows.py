"""Depot windows: a vehicle leaves a depot, and is let in again, while the depot is open."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.wording import clock, hours
from router.domain.plan import EndStep, StartStep


def depot_windows(case: Case) -> Iterator[Finding]:
    """Yield every departure from and every return to a closed depot."""
    for route, vehicle in case.routes():
        for index, step in enumerate(route.steps):
            if not isinstance(step, StartStep | EndStep):
                continue
            depot = case.depot(step.depot_id)
            moment = step.departs_at if isinstance(step, StartStep) else step.arrives_at
            verb = "leaves" if isinstance(step, StartStep) else "is let in"
            if depot is None or not depot.windows:
                continue
            if not any(window.start <= moment <= window.end for window in depot.windows):
                yield Finding(
                    vehicle.id,
                    index,
                    f"depot {depot.id} is open {hours(case, depot.id, depot.windows)}",
                    f"{verb} at {clock(case, depot.id, moment)}",
                )

"""Depot windows: a vehicle leaves a depot, reloads there and is let in again while the depot is open."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.wording import clock, hours
from router.domain.plan import EndStep, ReloadStep, StartStep
from router.domain.units import Instant


def depot_windows(case: Case) -> Iterator[Finding]:
    """Yield every departure from, every reload that begins at and every return to a closed depot."""
    for route, vehicle in case.routes():
        for index, step in enumerate(route.steps):
            if not isinstance(step, StartStep | ReloadStep | EndStep):
                continue
            depot = case.depot(step.place)
            verb, moment = _needs_it_open(step)
            if depot is None or not depot.windows:
                continue
            if not any(window.start <= moment <= window.end for window in depot.windows):
                yield Finding(
                    vehicle.id,
                    index,
                    f"depot {depot.id} is open {hours(case, depot.id, depot.windows)}",
                    f"{verb} at {clock(case, depot.id, moment)}",
                )


def _needs_it_open(step: StartStep | ReloadStep | EndStep) -> tuple[str, Instant]:
    match step:
        case StartStep():
            return "leaves", step.departs_at
        case ReloadStep():
            return "begins to reload", step.starts_at
        case EndStep():
            return "is let in", step.arrives_at

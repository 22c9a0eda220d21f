"""Max stops: a vehicle serves no more stops in all than it may."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.domain.plan import StopStep


def max_stops(case: Case) -> Iterator[Finding]:
    """Yield every route with more stops than its vehicle may serve, each end of a shipment being one."""
    for route, vehicle in case.routes():
        limit, served = vehicle.limits.stops, sum(isinstance(step, StopStep) for step in route.steps)
        if limit is not None and served > limit:
            yield Finding(vehicle.id, None, f"at most {limit} stops", f"{served} stops")

"""Max distance: a vehicle drives no farther in all than it may."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.sums import route_sums


def max_distance(case: Case) -> Iterator[Finding]:
    """Yield every route with more metres of road than its vehicle may drive."""
    for route, vehicle in case.routes():
        limit = vehicle.limits.distance
        if limit is not None and (driven := route_sums(case, route, vehicle).distance) > limit:
            yield Finding(vehicle.id, None, f"at most {limit} m on the road", f"{driven} m")

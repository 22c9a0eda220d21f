"""Max duration: a vehicle is out, from departure to return, no longer than it may be."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.sums import route_sums


def max_duration(case: Case) -> Iterator[Finding]:
    """Yield every route that takes longer than its vehicle may be out."""
    for route, vehicle in case.routes():
        limit = vehicle.limits.duration
        if limit is not None and (out := route_sums(case, route, vehicle).duration) > limit:
            yield Finding(vehicle.id, None, f"at most {limit} s from departure to return", f"{out} s")

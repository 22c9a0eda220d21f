"""Allowed vehicles: a stop that names its vehicles is served by one of them."""

from collections.abc import Iterator

from router.checking.case import Case, Finding


def allowed_vehicles(case: Case) -> Iterator[Finding]:
    """Yield every stop that is served by a vehicle it does not allow."""
    for visit in case.visits():
        allowed = visit.stop.allowed_vehicles
        if allowed is not None and visit.vehicle.id not in allowed:
            yield Finding(
                visit.vehicle.id,
                visit.index,
                f"stop {visit.stop.id} is served by {' or '.join(sorted(allowed)) or 'no vehicle at all'}",
                f"served by {visit.vehicle.id}",
            )

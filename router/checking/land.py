"""Land: a vehicle comes to another land mass by ferry or not at all."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.islands import joined_by_road


def land(case: Case) -> Iterator[Finding]:
    """Yield every drive that begins on one land mass and ends on another."""
    for leg in case.legs():
        here, there = case.location(leg.origin), case.location(leg.destination)
        if here is None or there is None:
            continue
        if not joined_by_road(case.problem, leg.vehicle.profile, here.island, there.island):
            yield Finding(
                leg.vehicle.id,
                leg.index,
                f"a ferry between {leg.origin} on {here.island} and {leg.destination} on {there.island}",
                "the plan drives there",
            )

"""Driving: the road to each step is the one in the matrix, and there is one."""

from collections.abc import Iterator

from router.checking.case import Case, Finding, Leg
from router.checking.islands import joined_by_road


def driving(case: Case) -> Iterator[Finding]:
    """Yield every drive whose seconds or metres are not those of the matrix.

    A drive from one land mass to another is left to the rule ``land``.
    """
    for leg in case.legs():
        if not _on_one_land(case, leg):
            continue
        if leg.road is None:
            yield Finding(
                leg.vehicle.id,
                leg.index,
                f"a road for profile {leg.vehicle.profile} from {leg.origin} to {leg.destination}",
                "the matrix has none",
            )
        elif (leg.step.drive, leg.step.distance) != (leg.road.seconds, leg.road.meters):
            yield Finding(
                leg.vehicle.id,
                leg.index,
                f"{leg.road.seconds} s and {leg.road.meters} m from {leg.origin} to {leg.destination}",
                f"{leg.step.drive} s and {leg.step.distance} m",
            )


def _on_one_land(case: Case, leg: Leg) -> bool:
    here, there = case.location(leg.origin), case.location(leg.destination)
    if here is None or there is None:
        return False
    return joined_by_road(case.problem, leg.vehicle.profile, here.island, there.island)

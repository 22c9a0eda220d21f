"""Fares: each crossing costs what the line takes for the vehicle's class."""

from collections.abc import Iterator

from router.checking.case import Boarded, Case, Finding
from router.checking.tolerance import same_money
from router.checking.wording import money


def fares(case: Case) -> Iterator[Finding]:
    """Yield every fare that is not the line's; a class not carried is left to ``ferry_class``."""
    for boarding in case.boardings():
        fare = fare_of(boarding)
        if fare is not None and not same_money(fare, boarding.step.fare):
            yield Finding(
                boarding.vehicle.id,
                boarding.index,
                f"{money(case, fare)} on line {boarding.line.id}",
                money(case, boarding.step.fare),
            )


def fare_of(boarding: Boarded) -> float | None:
    """Return what the line takes for the vehicle's class, or ``None`` where it does not carry it."""
    if boarding.line.fares is None:
        return 0.0
    own = boarding.vehicle.conveyance.ferry_class
    return None if own is None else boarding.line.fares.get(own)

"""Ferry class: a line whose fares do not name a vehicle's class does not carry it."""

from collections.abc import Iterator

from router.checking.case import Case, Finding


def ferry_class(case: Case) -> Iterator[Finding]:
    """Yield every boarding of a line that does not carry the vehicle's class."""
    for boarding in case.boardings():
        carried, own = boarding.line.fares, boarding.vehicle.conveyance.ferry_class
        if carried is not None and (own is None or own not in carried):
            yield Finding(
                boarding.vehicle.id,
                boarding.index,
                f"a class that line {boarding.line.id} carries: {', '.join(sorted(carried)) or 'none'}",
                "no ferry class" if own is None else f"class {own}",
            )

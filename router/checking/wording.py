"""How the referee speaks of times, loads and money."""

from collections.abc import Sequence

from router.checking.case import Case
from router.domain.fleet import Load
from router.domain.ids import PlaceId
from router.domain.places import TimeWindow
from router.domain.units import Instant, local_time, utc


def clock(case: Case, place: PlaceId, instant: Instant) -> str:
    """Return the instant on the clocks of a place, in UTC where the place is unknown."""
    location = case.location(place)
    try:
        moment = utc(instant) if location is None else local_time(instant, location.time_zone)
        return moment.isoformat(sep=" ")
    except (ValueError, OverflowError, OSError, KeyError):
        return f"{instant} s since 1970, which no calendar shows"


def hours(case: Case, place: PlaceId, windows: Sequence[TimeWindow]) -> str:
    """Return time windows on the clocks of a place."""
    return " or ".join(f"{clock(case, place, w.start)} to {clock(case, place, w.end)}" for w in windows)


def amounts(case: Case, load: Load) -> str:
    """Return a load with the names of its dimensions."""
    names = case.problem.dimensions
    if len(names) != len(load):
        return f"{len(load)} amounts for {len(names)} dimensions"
    return ", ".join(f"{amount} {name}" for name, amount in zip(names, load, strict=True)) or "nothing"


def money(case: Case, amount: float) -> str:
    """Return an amount in the currency of the problem."""
    return f"{amount:.2f} {case.problem.currency}"

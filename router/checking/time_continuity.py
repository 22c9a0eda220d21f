"""Time continuity: a vehicle drives on as soon as a step is over, and a step takes the time it takes."""

from collections.abc import Iterator

from router.checking.case import Boarded, Case, Finding, Leg, Visited
from router.checking.wording import clock
from router.domain.plan import EndStep
from router.domain.units import Instant


def time_continuity(case: Case) -> Iterator[Finding]:
    """Yield arrivals that do not follow from the step before, and steps whose times are in disorder."""
    for leg in case.legs():
        yield from _arrival(case, leg)
    for visit in case.visits():
        yield from _service(case, visit)
    for boarding in case.boardings():
        yield from _aboard(boarding)


def _arrival(case: Case, leg: Leg) -> Iterator[Finding]:
    there = Instant(leg.leaves_at + leg.seconds)
    allowed = {there}
    if isinstance(leg.step, EndStep):
        allowed.add(_let_in(case, leg.step, there))
    if leg.step.arrives_at not in allowed:
        yield Finding(
            leg.vehicle.id,
            leg.index,
            f"arrives at {leg.destination} at {clock(case, leg.destination, max(allowed))}, "
            f"{leg.seconds} s after leaving {leg.origin} at {clock(case, leg.origin, leg.leaves_at)}",
            f"arrives at {clock(case, leg.destination, leg.step.arrives_at)}",
        )


def _let_in(case: Case, step: EndStep, there: Instant) -> Instant:
    """Return when a depot lets in a vehicle that is at its gate ``there``."""
    depot = case.depot(step.depot_id)
    if depot is None or any(window.start <= there <= window.end for window in depot.windows):
        return there
    return min((window.start for window in depot.windows if window.start > there), default=there)


def _service(case: Case, visit: Visited) -> Iterator[Finding]:
    step, place = visit.step, visit.stop.id
    if step.starts_at < step.arrives_at:
        yield Finding(
            visit.vehicle.id,
            visit.index,
            f"service begins no earlier than the arrival at {clock(case, place, step.arrives_at)}",
            f"service begins at {clock(case, place, step.starts_at)}",
        )
    if step.departs_at != step.starts_at + visit.stop.service:
        yield Finding(
            visit.vehicle.id,
            visit.index,
            f"departs {visit.stop.service} s after service began at {clock(case, place, step.starts_at)}",
            f"departs at {clock(case, place, step.departs_at)}",
        )


def _aboard(boarding: Boarded) -> Iterator[Finding]:
    step = boarding.step
    if not step.arrives_at <= step.departs_at <= step.docks_at <= step.rolls_off_at:
        yield Finding(
            boarding.vehicle.id,
            boarding.index,
            "arrival at the port, departure, docking and rolling off follow each other",
            f"departs {step.departs_at - step.arrives_at} s after it arrives, docks "
            f"{step.docks_at - step.departs_at} s after that, "
            f"rolls off {step.rolls_off_at - step.docks_at} s after that",
        )

"""Time continuity: a vehicle drives on as soon as a step is over, and a step takes the time it takes."""

from collections.abc import Iterator

from router.checking.case import Boarded, Case, Finding, Leg
from router.checking.wording import clock
from router.domain.ids import VehicleId
from router.domain.plan import EndStep, ReloadStep, StopStep
from router.domain.units import Instant


def time_continuity(case: Case) -> Iterator[Finding]:
    """Yield arrivals that do not follow from the step before, and steps whose times are in disorder."""
    for leg in case.legs():
        yield from _arrival(case, leg)
        if isinstance(leg.step, StopStep | ReloadStep):
            yield from _begins(case, leg.vehicle.id, leg.index, leg.step)
    for visit in case.visits():
        if visit.step.departs_at != visit.step.starts_at + visit.stop.service:
            begins = clock(case, visit.stop.id, visit.step.starts_at)
            yield Finding(
                visit.vehicle.id,
                visit.index,
                f"departs {visit.stop.service} s after service began at {begins}",
                f"departs at {clock(case, visit.stop.id, visit.step.departs_at)}",
            )
    for boarding in case.boardings():
        yield from _aboard(boarding)


def _arrival(case: Case, leg: Leg) -> Iterator[Finding]:
    allowed = list(_allowed(case, leg))
    if leg.step.arrives_at not in allowed:
        rested = ", or after a break there" if leg.rests else ""
        yield Finding(
            leg.vehicle.id,
            leg.index,
            f"arrives at {leg.destination} at {clock(case, leg.destination, allowed[-1])}, "
            f"{leg.seconds} s after leaving {leg.origin} at {clock(case, leg.origin, leg.leaves_at)}{rested}",
            f"arrives at {clock(case, leg.destination, leg.step.arrives_at)}",
        )


def _allowed(case: Case, leg: Leg) -> Iterator[Instant]:
    """Yield every arrival that the roads and breaks allow; at the end it is when the depot lets the vehicle in."""
    for there, ready in leg.arrivals():
        if isinstance(leg.step, EndStep):
            yield ready
            yield _let_in(case, leg.step, ready)
        else:
            yield there


def _let_in(case: Case, step: EndStep, there: Instant) -> Instant:
    """Return when a depot lets in a vehicle that is at its gate ``there``."""
    depot = case.depot(step.place)
    if depot is None or any(window.start <= there <= window.end for window in depot.windows):
        return there
    return min((window.start for window in depot.windows if window.start > there), default=there)


def _begins(case: Case, vehicle_id: VehicleId, index: int, step: StopStep | ReloadStep) -> Iterator[Finding]:
    place = step.stop_id if isinstance(step, StopStep) else step.place
    if step.starts_at < step.arrives_at:
        yield Finding(
            vehicle_id,
            index,
            f"begins no earlier than the arrival at {clock(case, place, step.arrives_at)}",
            f"begins at {clock(case, place, step.starts_at)}",
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

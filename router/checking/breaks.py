"""Breaks: a driver who is out for all of a break's window rests once, in time, undisturbed and long enough."""

from collections import Counter
from collections.abc import Iterator

from router.checking.case import Case, Finding, Leg
from router.checking.steps import arrives_at, leaves_at, ready_by
from router.checking.wording import clock, hours
from router.domain.fleet import Break, Vehicle
from router.domain.ids import PlaceId
from router.domain.plan import BreakStep, FerryStep, Route, StartStep
from router.domain.units import Instant


def breaks(case: Case) -> Iterator[Finding]:
    """Yield breaks that are not taken, taken twice, out of their window, too short or too long, or disturbed.

    That nobody rests while driving is seen by ``time_continuity``: such an arrival is too early.
    """
    for route, vehicle in case.routes():
        yield from _how_often(route, vehicle)
        yield from _when(case, route, vehicle)
        yield from _aboard(case, route, vehicle)
    for leg in case.legs():
        yield from _on_land(case, leg)


def _how_often(route: Route, vehicle: Vehicle) -> Iterator[Finding]:
    taken = Counter(step.break_id for step in route.steps if isinstance(step, BreakStep))
    for rest in vehicle.breaks:
        if taken[rest.id] == 0 and _is_due(route, rest):
            yield Finding(vehicle.id, None, f"break {rest.id} is taken once", "it is not taken")
        elif taken[rest.id] > 1:
            yield Finding(
                vehicle.id, None, f"break {rest.id} is taken once", f"it is taken {taken[rest.id]} times"
            )


def _is_due(route: Route, rest: Break) -> bool:
    """Return whether the vehicle is out for all of the time in which the break may be taken."""
    if not route.steps:
        return False
    leaves, returns = arrives_at(route.steps[0]), leaves_at(route.steps[-1])
    return leaves < rest.window.start + rest.duration and returns > rest.window.end


def _when(case: Case, route: Route, vehicle: Vehicle) -> Iterator[Finding]:
    own = {rest.id: rest for rest in vehicle.breaks}
    clocks = next((step.place for step in route.steps if isinstance(step, StartStep)), vehicle.start or "")
    for index, step in enumerate(route.steps):
        if isinstance(step, BreakStep) and step.break_id in own:
            yield from _in_time(case, vehicle, index, step, own[step.break_id], clocks)


def _in_time(
    case: Case, vehicle: Vehicle, index: int, step: BreakStep, rest: Break, clocks: PlaceId
) -> Iterator[Finding]:
    if not rest.window.start <= step.starts_at <= rest.window.end:
        yield Finding(
            vehicle.id,
            index,
            f"break {rest.id} begins within {hours(case, clocks, (rest.window,))}",
            f"begins at {clock(case, clocks, step.starts_at)}",
        )
    taken = step.ends_at - step.starts_at
    if taken != rest.duration:
        yield Finding(vehicle.id, index, f"break {rest.id} takes {rest.duration} s", f"it takes {taken} s")


def _on_land(case: Case, leg: Leg) -> Iterator[Finding]:
    free = leg.leaves_at
    for rest in leg.rests:
        if rest.step.starts_at < free:
            yield Finding(
                leg.vehicle.id,
                rest.index,
                f"a break after what came before it is over, at {clock(case, rest.place, free)}",
                f"it begins at {clock(case, rest.place, rest.step.starts_at)}",
            )
        free = rest.step.ends_at
    if leg.rests and free > ready_by(leg.step):
        yield Finding(
            leg.vehicle.id,
            leg.rests[-1].index,
            f"a break that is over by {clock(case, leg.destination, ready_by(leg.step))}, for the next step",
            f"it ends at {clock(case, leg.destination, free)}",
        )


def _aboard(case: Case, route: Route, vehicle: Vehicle) -> Iterator[Finding]:
    ship: FerryStep | None = None
    free = Instant(0)
    for index, step in enumerate(route.steps):
        if isinstance(step, FerryStep):
            ship, free = step, step.departs_at
        elif not isinstance(step, BreakStep) or step.aboard is None:
            ship = None
        elif ship is None or ship.sailing_id != step.aboard:
            yield Finding(vehicle.id, index, f"right after boarding {step.aboard}", "it was not boarded")
        else:
            if not free <= step.starts_at <= step.ends_at <= ship.docks_at:
                yield _under_way(case, vehicle, index, ship, step)
            free = step.ends_at


def _under_way(case: Case, vehicle: Vehicle, index: int, ship: FerryStep, step: BreakStep) -> Finding:
    casts_off, docks = clock(case, ship.from_port, ship.departs_at), clock(case, ship.to_port, ship.docks_at)
    begins, ends = clock(case, ship.from_port, step.starts_at), clock(case, ship.to_port, step.ends_at)
    return Finding(
        vehicle.id,
        index,
        f"a break between casting off at {casts_off} and docking at {docks}, after any other",
        f"from {begins} to {ends}",
    )

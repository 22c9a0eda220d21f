"""Homecoming: a vehicle is left stranded only where no open sailing could bring it home.

The search here is the dullest: from port to port in three rounds, over every sailing with room left for it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from router.checking.case import Case, Finding
from router.checking.under_way import UnderWay
from router.checking.wording import clock
from router.domain.ferries import Sailing
from router.domain.fleet import Vehicle
from router.domain.ids import DepotId, PlaceId, SailingId
from router.domain.plan import BreakStep, FerryStep, Route, StartStep
from router.domain.replans import History
from router.domain.units import Instant

MOST_LINES = 3
"""So many sailings in a row make a crossing."""


def homecoming(case: Case, history: History) -> Iterator[Finding]:
    """Yield every vehicle that is called stranded and was not out, or could come home within its shift and duration.

    Breaks that it has not taken are taken before it sets out. One that stands in line for a sailing, with
    check-in closed behind it, takes that first. A vehicle with a limit of distance is believed.
    """
    stranded = () if case.plan.replan is None else case.plan.replan.stranded
    for one in stranded:
        if not case.problem.has_vehicle(one.vehicle_id):
            continue
        vehicle = case.problem.vehicle(one.vehicle_id)
        now = case.under_way(vehicle)
        route = next((r for r in case.plan.routes if r.vehicle_id == vehicle.id), None)
        if now is None or route is None or not now.goes_on:
            yield Finding(vehicle.id, None, "a stranded vehicle is out", "it is not")
        elif vehicle.end is not None and vehicle.limits.distance is None:
            home = _home_at(case, vehicle, vehicle.end, _beyond_the_line(case, history, now, route), route)
            if home is not None:
                when = clock(case, vehicle.end, home)
                yield Finding(
                    vehicle.id, None, f"comes home, which it could by {when}", "it is left stranded"
                )


def _beyond_the_line(case: Case, history: History, now: UnderWay, route: Route) -> UnderWay:
    """Return where the vehicle is free after the sailing that it stands in line for; where it is if there is none."""
    step = route.steps[now.past] if now.past < len(route.steps) else None
    if not isinstance(step, FerryStep) or step.check_in_by >= history.at:
        return now
    before = next((r for r in history.before.routes if r.vehicle_id == route.vehicle_id), None)
    if (
        before is None
        or step not in before.steps
        or case.problem.timetable.sailing(step.sailing_id).cancelled
    ):
        return now
    return replace(now, past=now.past + 1, place=step.to_port, free_at=step.rolls_off_at)


def _home_at(case: Case, vehicle: Vehicle, end: DepotId, now: UnderWay, route: Route) -> Instant | None:
    """Return when it could be let in at home; ``None`` where that is too late, or never."""
    latest = vehicle.shift.end
    start = route.steps[0]
    if vehicle.limits.duration is not None and isinstance(start, StartStep):
        latest = min(latest, Instant(start.departs_at + vehicle.limits.duration))
    ways = (
        there
        for place, since in _reached(case, vehicle, now, route).items()
        if (there := _driven(case, vehicle, place, end, since)) is not None
    )
    home = (let_in for there in ways if (let_in := _let_in(case, end, there)) is not None)
    return min((moment for moment in home if moment <= latest), default=None)


def _reached(case: Case, vehicle: Vehicle, now: UnderWay, route: Route) -> dict[PlaceId, Instant]:
    """Return when it could be at the ports of arrival, by three sailings at most."""
    taken = {step.break_id for step in route.steps[: now.past] if isinstance(step, BreakStep)}
    rests = sum(rest.duration for rest in vehicle.breaks if rest.id not in taken)
    reached: dict[PlaceId, Instant] = {now.place: Instant(now.free_at + rests)}
    sailings = _open_sailings(case, vehicle)
    for _ in range(MOST_LINES):
        before = dict(reached)
        for sailing in sailings:
            line = case.problem.timetable.line(sailing.line_id)
            at_port = (
                there
                for place, since in before.items()
                if (there := _driven(case, vehicle, place, line.from_port, since)) is not None
            )
            if min(at_port, default=sailing.departs) <= sailing.departs - sailing.check_in:
                rolls_off = Instant(sailing.departs + sailing.crossing + sailing.unload)
                reached[line.to_port] = min(rolls_off, reached.get(line.to_port, rolls_off))
    return reached


def _open_sailings(case: Case, vehicle: Vehicle) -> list[Sailing]:
    """Return the sailings that carry the vehicle, with the room that all others leave."""
    others: Counter[SailingId] = Counter()
    for boarding in case.boardings():
        if boarding.vehicle.id != vehicle.id:
            others[boarding.sailing.id] += boarding.vehicle.conveyance.deck_slots
    carry = vehicle.conveyance
    return [
        sailing
        for line in case.problem.timetable.lines
        if line.fare(carry.ferry_class) is not None
        for sailing in line.sailings
        if not sailing.cancelled
        and sailing.id not in carry.barred
        and (sailing.deck_slots is None or others[sailing.id] + carry.deck_slots <= sailing.deck_slots)
    ]


def _driven(
    case: Case, vehicle: Vehicle, origin: PlaceId, destination: PlaceId, since: Instant
) -> Instant | None:
    try:
        road = case.matrix.drive(vehicle.profile, origin, destination)
    except KeyError:
        return None
    return None if road is None else Instant(since + road.seconds)


def _let_in(case: Case, end: DepotId, there: Instant) -> Instant | None:
    windows = case.problem.hours(end)
    if not windows:
        return there
    return min((max(there, w.start) for w in windows if w.end >= there), default=None)

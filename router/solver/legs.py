"""Ways that avoid sailings without room: the timetable as one vehicle finds it beside the others."""

from collections.abc import Iterable, Iterator

from router.domain.fleet import Conveyance
from router.domain.ids import PlaceId, SailingId
from router.domain.problem import Problem
from router.domain.proposal import Boarding, RouteProposal
from router.domain.units import Instant, Meters, Money, Seconds
from router.travel.travel import Crossing, Journey, Travel

NOTHING_FULL: frozenset[SailingId] = frozenset()

Leg = tuple[PlaceId | None, PlaceId | None]
"""From where to where; ``None`` is anywhere, which is where the other end is."""


class Decks:
    """Who stands on which deck. Sailings with room for the whole fleet are not counted at all."""

    def __init__(self, problem: Problem) -> None:
        """Start with empty decks."""
        fleet = sum(vehicle.conveyance.deck_slots for vehicle in problem.vehicles)
        self._left: dict[SailingId, int] = {
            sailing.id: sailing.deck_slots
            for sailing in problem.timetable.sailings()
            if sailing.deck_slots is not None and sailing.deck_slots < fleet
        }

    def take(self, sailings: Iterable[SailingId], slots: int) -> None:
        """Put a vehicle on these sailings; negative ``slots`` take it off again."""
        for sailing in sailings:
            if sailing in self._left:
                self._left[sailing] -= slots

    def full_for(self, slots: int, own: frozenset[SailingId] = NOTHING_FULL) -> frozenset[SailingId]:
        """Return the sailings without ``slots`` left, for one that stands on the ``own`` ones already."""
        return frozenset(
            sailing for sailing, left in self._left.items() if left < slots and sailing not in own
        )


def boarded(route: RouteProposal) -> frozenset[SailingId]:
    """Return the sailings that a route takes."""
    return frozenset(action.sailing_id for action in route.actions if isinstance(action, Boarding))


def earliest(
    travel: Travel,
    conveyance: Conveyance,
    leg: Leg,
    leave: Instant,
    full: frozenset[SailingId] = NOTHING_FULL,
) -> Journey | None:
    """Return the journey that arrives first and takes none of the ``full`` sailings."""
    best = travel.earliest_arrival(conveyance, *leg, leave)
    if best is None or is_open(best.crossing, full):
        return best
    journeys = (j for j in _journeys(travel, conveyance, leg, full) if j.departs_at >= leave)
    return min(journeys, key=lambda j: (j.arrives_at, fare_of(j), j.meters), default=None)


def latest(
    travel: Travel,
    conveyance: Conveyance,
    leg: Leg,
    arrive_by: Instant,
    full: frozenset[SailingId] = NOTHING_FULL,
) -> Journey | None:
    """Return the journey that leaves last, arrives in time and takes none of the ``full`` sailings."""
    best = travel.latest_departure(conveyance, *leg, arrive_by)
    if best is None or is_open(best.crossing, full):
        return best
    journeys = (j for j in _journeys(travel, conveyance, leg, full) if j.arrives_at <= arrive_by)
    return max(journeys, key=lambda j: (j.departs_at, -fare_of(j), -j.meters), default=None)


def landing(
    travel: Travel,
    conveyance: Conveyance,
    leg: Leg,
    leave: Instant,
    full: frozenset[SailingId] = NOTHING_FULL,
) -> Journey | None:
    """Return the journey to a port that lands right there first, not at another port with the road from it.

    That road may not be one that a vehicle would take on its way to a place behind the port.
    """
    best = earliest(travel, conveyance, leg, leave, full)
    if best is None or best.crossing is None or best.crossing.to_port == leg[1]:
        return best
    journeys = (j for j in _journeys(travel, conveyance, leg, full) if j.departs_at >= leave)
    there = (j for j in journeys if j.crossing is not None and j.crossing.to_port == leg[1])
    return min(there, key=lambda j: (j.arrives_at, fare_of(j), j.meters), default=None)


def checking_in(
    travel: Travel,
    conveyance: Conveyance,
    leg: Leg,
    arrive_by: Instant,
    full: frozenset[SailingId] = NOTHING_FULL,
) -> Journey | None:
    """Return the journey from a port that checks in right there last, not at another port by the road to it."""
    best = latest(travel, conveyance, leg, arrive_by, full)
    if best is None or best.crossing is None or best.crossing.from_port == leg[0]:
        return best
    journeys = (j for j in _journeys(travel, conveyance, leg, full) if j.arrives_at <= arrive_by)
    here = (j for j in journeys if j.crossing is not None and j.crossing.from_port == leg[0])
    return max(here, key=lambda j: (j.departs_at, -fare_of(j), -j.meters), default=None)


def is_open(crossing: Crossing | None, full: frozenset[SailingId]) -> bool:
    """Return whether none of the sailings of a crossing is full; a mere drive always is open."""
    return crossing is None or all(sailing.id not in full for sailing in crossing.sailings)


def fare_of(journey: Journey) -> Money:
    """Return what the sailings of a journey cost, nothing for a drive."""
    return Money(0.0) if journey.crossing is None else journey.crossing.fare


def sailings_of(journey: Journey) -> tuple[SailingId, ...]:
    """Return the sailings of a journey, in order."""
    return () if journey.crossing is None else tuple(sailing.id for sailing in journey.crossing.sailings)


def _journeys(
    travel: Travel, conveyance: Conveyance, leg: Leg, full: frozenset[SailingId]
) -> Iterator[Journey]:
    """Yield a journey for each open crossing between two places, leaving as late as catches it."""
    profile = conveyance.profile
    origin, destination = leg
    if origin is None or destination is None:
        return
    masses = travel.land_mass(profile, origin), travel.land_mass(profile, destination)
    for crossing in travel.crossings(conveyance, *masses):
        before = travel.drive(profile, origin, crossing.from_port)
        after = travel.drive(profile, crossing.to_port, destination)
        if before is not None and after is not None and is_open(crossing, full):
            yield Journey(
                departs_at=Instant(crossing.check_in_by - before.seconds),
                arrives_at=Instant(crossing.rolls_off_at + after.seconds),
                crossing=crossing,
                drive=Seconds(before.seconds + crossing.drive + after.seconds),
                meters=Meters(before.meters + crossing.meters + after.meters),
            )

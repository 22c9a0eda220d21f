"""Why a vehicle is late beside the others: by road, at a check-in, or because the others fill the decks."""

from router.domain.ids import SailingId
from router.domain.problem import Problem
from router.domain.units import Instant
from router.solver.explain.lanes import Lane
from router.solver.explain.misses import FAR, Miss, Rule
from router.solver.explain.wording import named, spell
from router.solver.legs import NOTHING_FULL, Leg, earliest, latest
from router.travel.travel import Journey, Travel

HOUR = 3600


NAMED_AT_MOST = 4


class Sea:
    """Tells why ways beside the others are not made in time."""

    def __init__(self, problem: Problem, travel: Travel) -> None:
        """Keep the question."""
        self._problem, self._travel = problem, travel

    def why_late(self, lane: Lane, leg: Leg, leaves: Instant, by: Instant, found: Journey | None) -> Miss:
        """Return why the end of a leg is not reached ``by`` an instant; ``found`` is the way there that is too late."""
        deck = self._full_decks(lane, leg, leaves, by)
        if deck is not None:
            return deck
        if found is not None and found.crossing is None:
            return self._too_late(lane, leg, found.arrives_at - by, by)
        last = latest(self._travel, lane.vehicle.conveyance, leg, by, lane.full)
        if last is not None and last.crossing is not None:
            late = leaves - last.departs_at
            sailing = named(self._problem, last.crossing.sailings[0])
            after = "" if leg[0] is None else f" once it is done at {leg[0]}"
            return Miss(
                Rule.CHECK_IN, late / HOUR, f"it misses check-in of {sailing} by {spell(late)}{after}"
            )
        if found is not None:
            return self._too_late(lane, leg, found.arrives_at - by, by)
        return Miss(Rule.WAY, FAR, f"nothing leads from {leg[0]} to {leg[1]} in time")

    def _too_late(self, lane: Lane, leg: Leg, late: int, by: Instant) -> Miss:
        vehicle = lane.vehicle
        after = "" if leg[0] is None else f" once it is done at {leg[0]}"
        if leg[1] is None or (leg[1] == vehicle.end and by == lane.due[-1]):
            return Miss(Rule.TIME, late / HOUR, f"it is back {spell(late)} too late{after}")
        return Miss(Rule.TIME, late / HOUR, f"it is {spell(late)} late for {leg[1]}{after}")

    def _full_decks(self, lane: Lane, leg: Leg, leaves: Instant, by: Instant) -> Miss | None:
        """Return the sailings that would be in time if the others left room on them; ``None`` where none would."""
        if not lane.full:
            return None
        conveyance = lane.vehicle.conveyance
        way = earliest(self._travel, conveyance, leg, leaves, NOTHING_FULL)
        if way is None or way.crossing is None or way.arrives_at > by:
            return None
        full = self._in_time(lane, leg, leaves, by)
        names = [named(self._problem, self._problem.timetable.sailing(sailing)) for sailing in full]
        shown = ", ".join(names[:NAMED_AT_MOST]) + (" and later ones" if len(names) > NAMED_AT_MOST else "")
        slots = f"{conveyance.deck_slots} deck slots" if conveyance.deck_slots > 1 else "a deck slot"
        return Miss(Rule.DECK, 1.0, f"needs {slots}, the others fill {shown}")

    def _in_time(self, lane: Lane, leg: Leg, leaves: Instant, by: Instant) -> list[SailingId]:
        """Return the full sailings of all crossings that would be in time, in order of departure."""
        profile, conveyance = lane.vehicle.profile, lane.vehicle.conveyance
        origin, destination = leg
        if origin is None or destination is None:
            return []
        masses = self._travel.land_mass(profile, origin), self._travel.land_mass(profile, destination)
        found: dict[SailingId, Instant] = {}
        for crossing in self._travel.crossings(conveyance, *masses):
            before = self._travel.drive(profile, origin, crossing.from_port)
            after = self._travel.drive(profile, crossing.to_port, destination)
            if before is None or after is None or leaves + before.seconds > crossing.check_in_by:
                continue
            if crossing.rolls_off_at + after.seconds <= by:
                found |= {s.id: s.departs for s in crossing.sailings if s.id in lane.full}
        return sorted(found, key=lambda sailing: (found[sailing], sailing))

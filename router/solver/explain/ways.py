"""Why a vehicle is not at a place by a deadline: the road, or which ferry, and by how much."""

from dataclasses import dataclass

from router.domain.fleet import Conveyance, Vehicle
from router.domain.ids import IslandId, PlaceId
from router.domain.plan import ReasonCode
from router.domain.problem import Problem
from router.domain.units import Instant
from router.solver.explain.finding import Finding
from router.solver.explain.what_if import WhatIf
from router.solver.explain.wording import clock, named, spell
from router.travel.travel import Crossing, Journey, Travel


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way that a vehicle has to make in time.

    Attributes:
        leave: When it can leave the origin at the earliest.
        arrive_by: When it has to be at the destination.
        late: What it is called to be late by road: ``TIME_WINDOW`` or ``SHIFT``.
        until: What ends at ``arrive_by``, in words.
    """

    vehicle: Vehicle
    origin: PlaceId | None
    destination: PlaceId | None
    leave: Instant
    arrive_by: Instant
    late: ReasonCode
    until: str

    @property
    def ends(self) -> tuple[PlaceId | None, PlaceId | None]:
        """Origin and destination; ``None`` is anywhere."""
        return self.origin, self.destination

    @property
    def target(self) -> PlaceId:
        """Where it leads to; whoever may go anywhere stays where he is."""
        return self.destination or self.origin or ""

    def deadline(self, problem: Problem) -> str:
        """Return the deadline in words, on the clocks of the destination."""
        return f"{self.until} at {clock(self.arrive_by, problem.location(self.target))}"

    def in_time(self, travel: Travel) -> Journey | None:
        """Return the earliest journey if it is in time."""
        journey = travel.earliest_arrival(self.vehicle.conveyance, *self.ends, self.leave)
        return journey if journey is not None and journey.arrives_at <= self.arrive_by else None


class Ways:
    """Tells why ways cannot be made in time."""

    def __init__(self, problem: Problem, travel: Travel) -> None:
        """Keep the question; other timetables are only made when they are asked about."""
        self._problem, self._travel = problem, travel
        self._what_if = WhatIf(problem, travel)
        self._never: dict[tuple[Conveyance, IslandId, IslandId], Finding | None] = {}

    def why_not(self, way: Way) -> Finding:
        """Return what keeps a way from being made in time; it must be one that cannot be."""
        profile, conveyance = way.vehicle.profile, way.vehicle.conveyance
        if way.origin is None or way.destination is None:
            return self._by_road(way)
        origin, destination = (
            self._travel.land_mass(profile, place) for place in (way.origin, way.destination)
        )
        if origin == destination:
            return self._by_road(way)
        key = conveyance, origin, destination
        if key not in self._never:
            self._never[key] = self._why_never(*key)
        return self._never[key] or self._otherwise(way) or self._missed(way) or self._none_sails(way)

    def _by_road(self, way: Way) -> Finding:
        road = self._travel.drive(way.vehicle.profile, *way.ends)
        if road is None:
            return Finding(ReasonCode.UNREACHABLE, 0, f"no road leads from {way.origin} to {way.destination}")
        arrives = Instant(way.leave + road.seconds)
        verb = "reached" if way.destination is not None else "served"
        late = arrives - way.arrive_by
        reached = clock(arrives, self._problem.location(way.target))
        return Finding(
            way.late,
            late,
            f"{way.target} is {verb} at {reached}, {spell(late)} after {way.deadline(self._problem)}",
        )

    def _otherwise(self, way: Way) -> Finding | None:
        """Return the one thing about the ferries without which the way could be made in time."""
        for code, travel in self._what_if.one_by_one(way.vehicle.conveyance):
            journey = way.in_time(travel)
            if journey is not None and journey.crossing is not None:
                blame = self._blame(code, way.vehicle.conveyance, journey.crossing)
                if blame:
                    return Finding(code, 0, blame)
        return None

    def _blame(self, code: ReasonCode, conveyance: Conveyance, crossing: Crossing) -> str:
        """Return what is wrong with the sailings of a crossing that only another timetable has."""
        timetable = self._problem.timetable
        sailings = [timetable.sailing(sailing.id) for sailing in crossing.sailings]
        if code is ReasonCode.FERRY_CANCELLED:
            return " and ".join(f"{named(self._problem, s)} is cancelled" for s in sailings if s.cancelled)
        if code is ReasonCode.FERRY_DECK_FULL:
            wanted = conveyance.deck_slots
            small = [s for s in sailings if s.deck_slots is not None and s.deck_slots < wanted]
            return " and ".join(
                f"needs {wanted} slots, {s.deck_slots} on the deck of {named(self._problem, s)}"
                for s in small
            )
        lines = (timetable.line(sailing.line_id) for sailing in sailings)
        refused = (
            f"class {conveyance.ferry_class}" if conveyance.ferry_class else "a vehicle without ferry class"
        )
        return " and ".join(
            f"{line.id} does not carry {refused}"
            for line in lines
            if line.fare(conveyance.ferry_class) is None
        )

    def _missed(self, way: Way) -> Finding | None:
        """Return by how much check-in is missed of the last crossing of the shift that would be in time."""
        last = self._what_if.at_any_time.latest_departure(way.vehicle.conveyance, *way.ends, way.arrive_by)
        if last is None or last.crossing is None:
            return None
        if last.crossing.sailings[0].departs < way.vehicle.shift.start:
            return None
        late = way.leave - last.departs_at
        sailing = named(self._problem, last.crossing.sailings[0])
        return Finding(ReasonCode.FERRY_CUTOFF_MISSED, late, f"misses check-in of {sailing} by {spell(late)}")

    def _none_sails(self, way: Way) -> Finding:
        where = f"from {way.origin} to {way.destination}"
        deadline = way.deadline(self._problem)
        return Finding(ReasonCode.FERRY_NO_SAILING, 0, f"no sailing leads {where} before {deadline}")

    def _why_never(self, conveyance: Conveyance, origin: IslandId, destination: IslandId) -> Finding | None:
        """Return why a conveyance never crosses, at whatever hour; ``None`` where it could."""
        if self._what_if.at_any_time.crossings(conveyance, origin, destination):
            return None
        for code, travel in self._what_if.one_by_one(conveyance):
            crossings = travel.crossings(conveyance, origin, destination)
            blame = self._blame(code, conveyance, crossings[0]) if crossings else ""
            if blame:
                return Finding(code, 0, blame)
        where = f"from {origin} to {destination}"
        if self._what_if.everything.crossings(conveyance, origin, destination):
            return Finding(ReasonCode.FERRY_NO_SAILING, 0, f"no sailing that carries it leads {where}")
        return Finding(ReasonCode.UNREACHABLE, 0, f"neither road nor ferry leads {where}")

"""Drives a static plan by the real timetable: who is late, and who does not come home.

Every driver leaves when the plan says, takes the lines that the static map took, and boards the next sailing
with room (first come, first served). Who is early for the window that the plan meant waits for it; who is late
for it serves at once, which counts as late unless another window happens to be open.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.quality.runners.protocol import Json
from benchmarks.quality.waiting import WaitingMap
from router.domain.ferries import Line, Sailing
from router.domain.fleet import Vehicle
from router.domain.ids import LineId, PlaceId, SailingId, StopId, VehicleId
from router.domain.problem import Stop
from router.domain.units import Meters, Seconds
from router.travel.travel import Travel


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What became of a plan; ``stranded`` counts stops that were never reached, ``cost`` holds their penalties."""

    cost: float
    routes: int
    late_routes: int
    served: int
    late_stops: int
    stranded: int
    missing: int


def replay(travel: Travel, static: WaitingMap, routes: Sequence[Json]) -> Replayed:
    """Drive the routes and return what became of them.

    Each has its ``vehicle``, the instant when it ``departs``, and ``stops``: ids with the instants when the
    plan begins to serve them.
    """
    return _Day(travel, static).drive(routes)


@dataclass(slots=True)
class _Trip:
    """A vehicle on its way.

    Attributes:
        ahead: The places to go to.
        planned: When the plan begins service at each stop.
        lines: The ferries to take before the next place.
    """

    vehicle: Vehicle
    place: PlaceId
    clock: int
    departed: int
    ahead: list[PlaceId]
    planned: dict[PlaceId, int]
    lines: list[LineId] = field(default_factory=list)
    meters: int = 0
    fares: float = 0.0
    late_stops: int = 0
    served: set[StopId] = field(default_factory=set)
    home: bool = False

    @property
    def late(self) -> bool:
        """Whether anything did not go as it must."""
        return not self.home or self.late_stops > 0 or self.clock > self.vehicle.shift.end


class _Day:
    def __init__(self, travel: Travel, static: WaitingMap) -> None:
        self._problem, self._travel, self._static = travel.problem, travel, static
        self._taken: dict[SailingId, int] = {}

    def drive(self, routes: Sequence[Json]) -> Replayed:
        """Let all vehicles run, in order of their arrivals at ports."""
        trips = [self._departing(route) for route in routes if route["stops"]]
        quay: list[tuple[int, int]] = []
        for number, trip in enumerate(trips):
            self._go_on(trip, quay, number)
        while quay:
            _, number = heapq.heappop(quay)
            if self._board(trips[number]):
                self._go_on(trips[number], quay, number)
        return self._sum(trips)

    def _departing(self, route: Json) -> _Trip:
        vehicle = self._problem.vehicle(VehicleId(route["vehicle"]))
        planned = {PlaceId(stop): int(begins) for stop, begins in route["stops"]}
        ahead = [*planned, PlaceId(vehicle.end)]
        departs = int(route["departs"])
        trip = _Trip(vehicle, PlaceId(vehicle.start), departs, departs, ahead, planned)
        trip.lines = list(self._static.lines(vehicle, trip.place, ahead[0]))
        return trip

    def _go_on(self, trip: _Trip, quay: list[tuple[int, int]], number: int) -> None:
        """Drive and serve until a ferry has to be waited for, or the day is over."""
        while trip.ahead and not trip.lines:
            if not self._drive(trip, trip.ahead[0]):
                return
            trip.ahead.pop(0)
            if not trip.ahead:
                trip.home = True
                return
            self._serve(trip, self._problem.stop(StopId(trip.place)))
            trip.lines = list(self._static.lines(trip.vehicle, trip.place, trip.ahead[0]))
        if self._drive(trip, PlaceId(self._line(trip).from_port)):
            heapq.heappush(quay, (trip.clock, number))

    def _drive(self, trip: _Trip, place: PlaceId) -> bool:
        """Drive on; return ``False`` where no road leads there: a solver may have found no plan that holds."""
        road = self._travel.drive(trip.vehicle.profile, trip.place, place)
        if road is None:
            return False
        trip.clock, trip.meters, trip.place = trip.clock + road.seconds, trip.meters + road.meters, place
        return True

    def _serve(self, trip: _Trip, stop: Stop) -> None:
        meant = next((w for w in stop.windows if trip.planned[trip.place] in w), None)
        now = any(trip.clock in window for window in stop.windows)
        if meant is not None and not now:
            trip.late_stops += trip.clock > meant.end
            trip.clock = max(trip.clock, meant.start)
        trip.clock += stop.service
        trip.served.add(stop.id)

    def _board(self, trip: _Trip) -> bool:
        """Take the next sailing with room; return ``False`` where none is left."""
        line, slots = self._line(trip), trip.vehicle.conveyance.deck_slots
        sailing = next(
            (s for s in line.sailings if s.check_in_by >= trip.clock and self._fits(s, slots)), None
        )
        if sailing is None:
            return False
        self._taken[sailing.id] = self._taken.get(sailing.id, 0) + slots
        trip.clock, trip.place = sailing.rolls_off_at, PlaceId(line.to_port)
        trip.fares += line.fare(trip.vehicle.conveyance.ferry_class) or 0.0
        trip.lines.pop(0)
        return True

    def _fits(self, sailing: Sailing, slots: int) -> bool:
        taken = self._taken.get(sailing.id, 0)
        return not sailing.cancelled and (sailing.deck_slots is None or taken + slots <= sailing.deck_slots)

    def _line(self, trip: _Trip) -> Line:
        return self._problem.timetable.line(trip.lines[0])

    def _sum(self, trips: Sequence[_Trip]) -> Replayed:
        served = {stop for trip in trips for stop in trip.served}
        left_out = [stop for stop in self._problem.stops if stop.id not in served]
        return Replayed(
            cost=sum(map(_cost, trips)) + sum(stop.penalty or 0.0 for stop in left_out),
            routes=len(trips),
            late_routes=sum(trip.late for trip in trips),
            served=len(served),
            late_stops=sum(trip.late_stops for trip in trips),
            stranded=sum(max(len(trip.ahead) - 1, 0) for trip in trips if not trip.home),
            missing=sum(stop.required for stop in left_out),
        )


def _cost(trip: _Trip) -> float:
    costs = trip.vehicle.costs
    on_the_way = costs.of_distance(Meters(trip.meters)) + costs.of_time(Seconds(trip.clock - trip.departed))
    return costs.fixed + on_the_way + trip.fares

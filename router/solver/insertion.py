"""Routes in time, and the cheapest place for one more stop among them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from router.domain.fleet import Vehicle
from router.domain.ids import IslandId, Profile, SailingId, StopId
from router.domain.problem import Problem, Stop
from router.domain.proposal import Proposal
from router.domain.units import METERS_PER_KM, SECONDS_PER_HOUR, Instant, Money
from router.solver.legs import NOTHING_FULL, Decks, boarded, earliest, fare_of, latest
from router.solver.strips import POSITION, VEHICLE, Bools, Ints, more_driven, rows_that_fit, spots, strips_of
from router.solver.timeline import Timeline, first_within, has_room, timeline
from router.travel.travel import Travel


@dataclass(frozen=True, slots=True)
class Place:
    """A place for a stop.

    Attributes:
        vehicle: Index of the vehicle in ``problem.vehicles``.
        position: How many stops of its route come before.
        extra: About what its route costs more: roads, fares and service, but no waiting beside others.
    """

    vehicle: int
    position: int
    extra: Money


class Insertions:
    """Routes in time, and where one more stop fits.

    Gaps on the stop's own land mass are judged all at once, those at a crossing that touches it and empty
    vehicles elsewhere one by one. A detour over the water between two neighbours on land is not looked at.

    Attributes:
        timelines: By index of the vehicle; vehicles that shift and depots never let out are missing.
    """

    def __init__(self, problem: Problem, travel: Travel, proposal: Proposal | None = None) -> None:
        """Start from a possible proposal; its vehicles stand on the decks that it names."""
        self._problem, self._travel = problem, travel
        self._decks = Decks(problem)
        self._boarded = [NOTHING_FULL] * len(problem.vehicles)
        self._spots = spots(travel.matrix)
        self._full: dict[int, frozenset[SailingId]] = {}
        self._strips: dict[tuple[Profile, IslandId], Ints | None] = {}
        self._allowed: dict[tuple[object, object], Bools] = {}
        self._per_meter = np.array([vehicle.costs.per_km / METERS_PER_KM for vehicle in problem.vehicles])
        self._per_second = np.array(
            [vehicle.costs.per_hour / SECONDS_PER_HOUR for vehicle in problem.vehicles]
        )
        orders = self._orders(proposal or Proposal())
        every = range(len(problem.vehicles))
        timed = ((number, self._timed(number, orders.get(number, ()))) for number in every)
        self.timelines = {number: line for number, line in timed if line is not None}
        self._pieces = {
            number: strips_of(number, line, self._spots) for number, line in self.timelines.items()
        }
        self._waters = {number: self._waters_of(line) for number, line in self.timelines.items()}
        self._entry = np.array([self._entry_of(number) for number in every], dtype=np.float64)

    def full_for(self, vehicle: int) -> frozenset[SailingId]:
        """Return the sailings on which the others leave no room for a vehicle."""
        if vehicle not in self._full:
            slots = self._problem.vehicles[vehicle].conveyance.deck_slots
            self._full[vehicle] = self._decks.full_for(slots, self._boarded[vehicle])
        return self._full[vehicle]

    def cheapest(self, stop: Stop) -> Place | None:
        """Return the cheapest place for a stop that no route serves, or ``None`` where none was found."""
        found = [*self._on_land(stop), *self._at_water(stop)]
        return min(found, key=lambda place: (place.extra, place.vehicle, place.position), default=None)

    def with_stop(self, stop: Stop, place: Place) -> Timeline | None:
        """Return the route of a place with the stop in it, or ``None`` where it does not fit after all."""
        order = self.timelines[place.vehicle].stop_ids
        return self._timed(place.vehicle, (*order[: place.position], stop.id, *order[place.position :]))

    def insert(self, stop: Stop, place: Place) -> bool:
        """Put a stop into its place and return ``True``.

        Where it does not fit because decks have filled up since its route was timed, that route is timed
        again instead, and the answer is ``False``.
        """
        line = self.with_stop(stop, place)
        again = line or self._timed(place.vehicle, self.timelines[place.vehicle].stop_ids)
        if again is not None:
            self._replace(place.vehicle, again)
        return line is not None

    def clear(self, vehicle: int) -> None:
        """Take all stops from a vehicle."""
        empty = self._timed(vehicle, ())
        if empty is not None:
            self._replace(vehicle, empty)

    def _timed(self, vehicle: int, order: Sequence[StopId]) -> Timeline | None:
        driver = self._problem.vehicles[vehicle]
        return timeline(self._problem, self._travel, driver, order, self.full_for(vehicle))

    def _orders(self, proposal: Proposal) -> dict[int, tuple[StopId, ...]]:
        numbers = {vehicle.id: number for number, vehicle in enumerate(self._problem.vehicles)}
        for route in proposal.routes:
            self._board(numbers[route.vehicle_id], boarded(route))
        return {numbers[route.vehicle_id]: route.stop_ids() for route in proposal.routes}

    def _board(self, vehicle: int, sailings: frozenset[SailingId]) -> None:
        slots = self._problem.vehicles[vehicle].conveyance.deck_slots
        self._decks.take(self._boarded[vehicle], -slots)
        self._decks.take(sailings, slots)
        self._boarded[vehicle] = sailings
        self._full.clear()

    def _replace(self, vehicle: int, line: Timeline) -> None:
        self._board(vehicle, line.sailings())
        self.timelines[vehicle] = line
        self._pieces[vehicle] = strips_of(vehicle, line, self._spots)
        self._waters[vehicle] = self._waters_of(line)
        self._entry[vehicle] = self._entry_of(vehicle)
        self._strips.clear()

    def _waters_of(self, line: Timeline) -> list[tuple[int, frozenset[IslandId]]]:
        """Return the gaps of a route with a crossing in them, each with the land masses that it touches."""
        waters = []
        for gap, journey in enumerate(line.journeys):
            if journey.crossing is not None:
                lines = (self._problem.timetable.line(s.line_id) for s in journey.crossing.sailings)
                ports = (port for ferry in lines for port in (ferry.from_port, ferry.to_port))
                touched = (self._spots[line.vehicle.profile, port].mass for port in ports)
                waters.append((gap, frozenset(touched)))
        return waters

    def _may_serve(self, stop: Stop) -> Bools:
        key = (stop.requires, stop.allowed_vehicles)
        if key not in self._allowed:
            able = [self._problem.may_serve(vehicle, stop) for vehicle in self._problem.vehicles]
            self._allowed[key] = np.array(able, dtype=np.bool_)
        return self._allowed[key]

    def _on_land(self, stop: Stop) -> Iterator[Place]:
        """Yield the cheapest gap on the stop's land mass for each profile."""
        for profile in self._problem.profiles():
            spot = self._spots[profile, stop.id]
            strip = self._strip(profile, spot.mass)
            if strip is None:
                continue
            rows = strip[rows_that_fit(strip, stop, spot, self._may_serve(stop))]
            if len(rows):
                vehicles = rows[:, VEHICLE]
                seconds, meters = more_driven(rows, spot)
                extra = self._per_meter[vehicles] * meters + self._entry[vehicles]
                extra += self._per_second[vehicles] * (seconds + stop.service)
                best = int(np.argmin(extra))
                yield Place(int(rows[best, VEHICLE]), int(rows[best, POSITION]), Money(float(extra[best])))

    def _strip(self, profile: Profile, mass: IslandId) -> Ints | None:
        """Return all gaps on a land mass, put together from those of the routes when first asked for."""
        if (profile, mass) not in self._strips:
            pieces = [
                pieces[mass]
                for number, pieces in self._pieces.items()
                if mass in pieces and self._problem.vehicles[number].profile == profile
            ]
            self._strips[profile, mass] = np.vstack(pieces) if pieces else None
        return self._strips[profile, mass]

    def _at_water(self, stop: Stop) -> Iterator[Place]:
        """Yield the gaps at crossings, and the empty vehicles elsewhere, that a stop fits into."""
        able = self._may_serve(stop)
        judged: dict[object, Money | None] = {}
        for number, line in self.timelines.items():
            if not able[number]:
                continue
            for gap in self._gaps_at_water(number, self._spots[line.vehicle.profile, stop.id].mass):
                alike = number if line.journeys else _kind(line.vehicle)
                if has_room(line, gap, stop):
                    if (alike, gap) not in judged:
                        judged[alike, gap] = self._extra(number, gap, stop)
                    extra = judged[alike, gap]
                    if extra is not None:
                        yield Place(number, gap, extra)

    def _gaps_at_water(self, vehicle: int, mass: IslandId) -> list[int]:
        if not self.timelines[vehicle].journeys:
            return [] if mass in self._pieces[vehicle] else [0]
        return [gap for gap, touched in self._waters[vehicle] if mass in touched]

    def _extra(self, vehicle: int, gap: int, stop: Stop) -> Money | None:
        """Return about what a stop in one gap costs more, or ``None`` where time does not allow it."""
        line = self.timelines[vehicle]
        full, conveyance = self.full_for(vehicle), line.vehicle.conveyance
        to_stop, from_stop = (line.places[gap], stop.id), (stop.id, line.places[gap + 1])
        into = earliest(self._travel, conveyance, to_stop, line.ready[gap], full)
        starts = None if into is None else first_within(stop.windows, into.arrives_at)
        if into is None or starts is None:
            return None
        onward = earliest(self._travel, conveyance, from_stop, Instant(starts + stop.service), full)
        if onward is None or onward.arrives_at > line.due[gap]:
            return None
        meters = into.meters + onward.meters
        fares = fare_of(into) + fare_of(onward)
        if line.journeys:
            old = line.journeys[gap]
            meters -= old.meters
            fares -= fare_of(old)
            seconds = into.drive + stop.service + onward.drive - old.drive
        else:
            into = latest(self._travel, conveyance, to_stop, starts, full) or into
            seconds = onward.arrives_at - into.departs_at
        driven = self._per_meter[vehicle] * meters + self._per_second[vehicle] * seconds
        return Money(float(driven) + fares + self._entry_of(vehicle))

    def _entry_of(self, vehicle: int) -> Money:
        """Return what it costs to use a vehicle at all, nothing where it is used already."""
        line = self.timelines.get(vehicle)
        return Money(0.0) if line is None or line.journeys else line.vehicle.costs.fixed


def _kind(vehicle: Vehicle) -> tuple[object, ...]:
    """Return what decides when an empty vehicle can be where, and what that costs."""
    costs = vehicle.costs
    return (
        vehicle.conveyance,
        vehicle.start,
        vehicle.end,
        vehicle.shift,
        costs.fixed,
        costs.per_km,
        costs.per_hour,
    )

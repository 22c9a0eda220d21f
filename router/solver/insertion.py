"""Routes in time, and the cheapest place for one more stop among them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from router.domain.ids import IslandId, Profile, SailingId, StopId
from router.domain.problem import Problem, Stop
from router.domain.proposal import Proposal
from router.domain.units import METERS_PER_KM, SECONDS_PER_HOUR, Money
from router.solver.gaps import Gaps
from router.solver.legs import NOTHING_FULL, Decks, boarded
from router.solver.strips import (
    CENTS,
    POSITION,
    VEHICLE,
    Bools,
    Ints,
    Spot,
    judge,
    more_driven,
    spots,
    stacked,
)
from router.solver.timeline import Timeline, timeline
from router.travel.travel import Travel


@dataclass(frozen=True, slots=True)
class Place:
    """A place for a stop.

    Attributes:
        vehicle: Index of the vehicle in ``problem.vehicles``.
        position: How many stops of its route come before.
        extra: About what its route costs more: roads, fares, service and time at sea, but no waiting.
    """

    vehicle: int
    position: int
    extra: Money


class Insertions:
    """Routes in time, and where one more stop fits.

    Attributes:
        timelines: By index of the vehicle; vehicles that shift and depots never let out are missing.
    """

    def __init__(
        self, problem: Problem, travel: Travel, proposal: Proposal | None = None, *, heed_decks: bool = True
    ) -> None:
        """Start from a possible proposal, its vehicles on the decks that it names if decks are heeded."""
        self._problem, self._travel = problem, travel
        self._decks = Decks(problem) if heed_decks else None
        self._boarded = [NOTHING_FULL] * len(problem.vehicles)
        self._full: dict[int, frozenset[SailingId]] = {}
        self._spots = spots(travel.matrix)
        self._gaps = Gaps(problem, travel, self._spots)
        self._strips: dict[tuple[Profile, IslandId], Ints | None] = {}
        self._allowed: dict[tuple[object, object], Bools] = {}
        costs = [vehicle.costs for vehicle in problem.vehicles]
        self._per_meter = np.array([cost.per_km / METERS_PER_KM for cost in costs])
        self._per_second = np.array([cost.per_hour / SECONDS_PER_HOUR for cost in costs])
        self._entry = np.zeros(len(problem.vehicles))
        self.timelines: dict[int, Timeline] = {}
        self._pieces: dict[int, dict[IslandId, Ints]] = {}
        orders = self._orders(proposal or Proposal())
        for number in range(len(problem.vehicles)):
            line = self._timed(number, orders.get(number, ()))
            if line is not None:
                self._keep(number, line)

    def full_for(self, vehicle: int) -> frozenset[SailingId]:
        """Return the sailings on which the others leave no room for a vehicle."""
        if self._decks is None:
            return NOTHING_FULL
        if vehicle not in self._full:
            slots = self._problem.vehicles[vehicle].conveyance.deck_slots
            self._full[vehicle] = self._decks.full_for(slots, self._boarded[vehicle])
        return self._full[vehicle]

    def cheapest(self, stop: Stop) -> Place | None:
        """Return the cheapest place for a stop that no route serves, or ``None`` where none was found."""
        best: Place | None = None
        for spot, strip in self._strips_for(stop):
            rows = strip[judge(strip, stop, spot, self._may_serve(stop)).fitting()]
            if len(rows):
                extra = self._extra(rows, stop, spot)
                least = int(np.argmin(extra))
                if best is None or extra[least] < best.extra:
                    vehicle, position = rows[least, [VEHICLE, POSITION]].tolist()
                    best = Place(vehicle, position, Money(float(extra[least])))
        return best

    def able(self, stop: Stop) -> frozenset[int]:
        """Return the vehicles that have a place for a stop."""
        return frozenset(
            vehicle
            for spot, strip in self._strips_for(stop)
            for vehicle in strip[judge(strip, stop, spot, self._may_serve(stop)).fitting(), VEHICLE].tolist()
        )

    def _may_serve(self, stop: Stop) -> Bools:
        """Return for each vehicle whether skills and the stop's list allow it."""
        key = (stop.requires, stop.allowed_vehicles)
        if key not in self._allowed:
            able = [self._problem.may_serve(vehicle, stop) for vehicle in self._problem.vehicles]
            self._allowed[key] = np.array(able, dtype=np.bool_)
        return self._allowed[key]

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
        if self._decks is not None:
            slots = self._problem.vehicles[vehicle].conveyance.deck_slots
            self._decks.take(self._boarded[vehicle], -slots)
            self._decks.take(sailings, slots)
            self._full.clear()
        self._boarded[vehicle] = sailings

    def _replace(self, vehicle: int, line: Timeline) -> None:
        self._board(vehicle, line.sailings())
        self._keep(vehicle, line)

    def _keep(self, vehicle: int, line: Timeline) -> None:
        self.timelines[vehicle] = line
        self._pieces[vehicle] = self._gaps.of(vehicle, line, self.full_for(vehicle))
        self._entry[vehicle] = 0.0 if line.journeys else line.vehicle.costs.fixed
        self._strips.clear()

    def _strips_for(self, stop: Stop) -> Iterator[tuple[Spot, Ints]]:
        """Yield the gaps on the stop's land mass for each profile, with where the stop stands there."""
        for profile in self._problem.profiles():
            spot = self._spots[profile, stop.id]
            key = profile, spot.mass
            if key not in self._strips:
                alike = [n for n in self._pieces if self._problem.vehicles[n].profile == profile]
                self._strips[key] = stacked([self._pieces[number] for number in alike], spot.mass)
            strip = self._strips[key]
            if strip is not None:
                yield spot, strip

    def _extra(self, rows: Ints, stop: Stop, spot: Spot) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        vehicles = rows[:, VEHICLE]
        seconds, meters = more_driven(rows, spot)
        driven = self._per_meter[vehicles] * meters + self._per_second[vehicles] * (seconds + stop.service)
        return driven - rows[:, CENTS] / 100 + self._entry[vehicles]

"""The gaps of one route as rows of strips, those at a crossing and those of an empty vehicle included."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from router.domain.fleet import Vehicle
from router.domain.ids import IslandId, PlaceId, Profile, SailingId
from router.domain.problem import Problem
from router.domain.units import Instant
from router.solver.legs import checking_in, fare_of, landing
from router.solver.strips import ANYWHERE, Ints, Spot, rooms
from router.solver.timeline import Timeline
from router.travel.travel import Journey, Travel

CENTS = 100


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a gap on a land mass: a neighbour itself, or a port that stands in for it.

    Attributes:
        row: Its row in the roads.
        time: When the vehicle is there at the earliest, or has to be there at the latest.
        seconds: Time from the neighbour to here or back; likewise ``meters`` and ``cents`` of fares.
    """

    row: int
    time: Instant
    seconds: int = 0
    meters: int = 0
    cents: int = 0


class Gaps:
    """Makes the rows; what does not depend on the vehicle's number and load is kept for those alike."""

    def __init__(
        self, problem: Problem, travel: Travel, where: Mapping[tuple[Profile, PlaceId], Spot]
    ) -> None:
        """Keep the question and where each place stands in the roads."""
        self._problem, self._travel, self._where = problem, travel, where
        self._empty: dict[object, list[tuple[IslandId, list[int]]]] = {}
        self._ports: dict[Profile, dict[IslandId, list[PlaceId]]] = {}

    def of(self, number: int, line: Timeline, full: frozenset[SailingId]) -> dict[IslandId, Ints]:
        """Return the gaps of a vehicle's route by land mass; ``full`` are the sailings closed to it.

        Between two neighbours on one land mass there is a gap there and nowhere else: crossing the water for
        one stop and coming back to the same shore is not looked at.
        """
        room = rooms(line).tolist()
        rows: dict[IslandId, list[list[int]]] = {}
        for gap in range(len(line.places) - 1):
            for mass, row in self._rows(line, gap, full):
                rows.setdefault(mass, []).append([number, gap, *row, *room[gap]])
        return {mass: np.array(listed, dtype=np.int64) for mass, listed in rows.items()}

    def _rows(
        self, line: Timeline, gap: int, full: frozenset[SailingId]
    ) -> Iterator[tuple[IslandId, list[int]]]:
        if not line.journeys:
            vehicle = line.vehicle
            kind = (vehicle.conveyance, line.places, line.ready, line.due, full)
            if kind not in self._empty:
                self._empty[kind] = list(self._over_water(line, 0, full))
            yield from self._empty[kind]
            return
        (mass, row), (other, column) = (self._stand(line.vehicle, p) for p in line.places[gap : gap + 2])
        if mass is not None and mass == other:
            road = line.journeys[gap]
            saved = [road.drive, road.meters, 0]
            yield mass, [row, column, line.ready[gap], line.due[gap], *saved]
        else:
            yield from self._over_water(line, gap, full)

    def _stand(self, vehicle: Vehicle, place: PlaceId | None) -> tuple[IslandId | None, int]:
        """Return the land mass of a place and its row there; anywhere has no land mass of its own."""
        if place is None:
            return None, ANYWHERE
        spot = self._where[vehicle.profile, place]
        return spot.mass, spot.row

    def _over_water(
        self, line: Timeline, gap: int, full: frozenset[SailingId]
    ) -> Iterator[tuple[IslandId, list[int]]]:
        """Yield the rows of a gap on every land mass that has ports or is that of a neighbour."""
        seconds, meters, cents = _price(line.journeys[gap]) if line.journeys else (0, 0, 0)
        for mass, ports in self._ports_of(line.vehicle.profile).items():
            targets = self._targets(line, gap, mass, ports, full)
            for source in self._sources(line, gap, mass, ports, full) if targets else ():
                for target in targets:
                    saved = (
                        seconds - source.seconds - target.seconds,
                        meters - source.meters - target.meters,
                        cents - source.cents - target.cents,
                    )
                    yield mass, [source.row, target.row, source.time, target.time, *saved]

    def _sources(
        self, line: Timeline, gap: int, mass: IslandId, ports: list[PlaceId], full: frozenset[SailingId]
    ) -> list[_End]:
        origin, conveyance = line.places[gap], line.vehicle.conveyance
        own, row = self._stand(line.vehicle, origin)
        if own in (mass, None):
            return [_End(row, line.ready[gap])]
        ends = []
        for port in ports:
            journey = landing(self._travel, conveyance, (origin, port), line.ready[gap], full)
            if journey is not None:
                if not line.journeys:
                    journey = self._no_sooner_than_it_must(line.vehicle, journey)
                row = self._where[conveyance.profile, port].row
                ends.append(_End(row, journey.arrives_at, *_price(journey)))
        return ends

    def _no_sooner_than_it_must(self, vehicle: Vehicle, journey: Journey) -> Journey:
        """Return a journey from a depot as it leaves when it is not to wait at the port."""
        if journey.crossing is None:
            return journey
        to_port = self._travel.drive(vehicle.profile, vehicle.start, journey.crossing.from_port)
        to_port_takes = 0 if to_port is None else to_port.seconds
        return replace(journey, departs_at=Instant(journey.crossing.check_in_by - to_port_takes))

    def _targets(
        self, line: Timeline, gap: int, mass: IslandId, ports: list[PlaceId], full: frozenset[SailingId]
    ) -> list[_End]:
        destination, conveyance = line.places[gap + 1], line.vehicle.conveyance
        own, row = self._stand(line.vehicle, destination)
        if own in (mass, None):
            return [_End(row, line.due[gap])]
        ends = []
        for port in ports:
            journey = checking_in(self._travel, conveyance, (port, destination), line.due[gap], full)
            if journey is not None:
                row = self._where[conveyance.profile, port].row
                ends.append(_End(row, journey.departs_at, *_price(journey)))
        return ends

    def _ports_of(self, profile: Profile) -> dict[IslandId, list[PlaceId]]:
        """Return the ports on each land mass, of which some have none."""
        if profile not in self._ports:
            found: dict[IslandId, list[PlaceId]] = {}
            for (name, _), spot in self._where.items():
                if name == profile:
                    found.setdefault(spot.mass, [])
            for port in self._problem.timetable.ports:
                found[self._where[profile, port.id].mass].append(port.id)
            self._ports[profile] = found
        return self._ports[profile]


def _price(journey: Journey) -> tuple[int, int, int]:
    """Return seconds, metres and cents of a journey; seconds count from departure to arrival."""
    return journey.arrives_at - journey.departs_at, journey.meters, round(fare_of(journey) * CENTS)

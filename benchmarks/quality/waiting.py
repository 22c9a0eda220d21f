"""An archipelago as a user of a solver without timetables models it: a ferry is a road with an average wait.

Crossing a line takes half its mean headway, the check-in, the mean crossing and the unloading. Between two
islands the way that is quickest by that reckoning is taken, and its fares are part of the cost of the arc.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, product
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.runners.protocol import Json
from router.domain.ferries import Line
from router.domain.fleet import Vehicle
from router.domain.ids import FerryClass, LineId, PlaceId, Profile
from router.domain.places import TimeWindow
from router.domain.problem import Stop
from router.domain.travel_choice import NO_ROAD
from router.domain.units import METERS_PER_KM
from router.travel.travel import Travel

FAR = 1_000_000
"""Seconds, and units of money, of a way that does not exist: longer than any day."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class VehicleClass:
    """Vehicles for which the static map is the same."""

    profile: Profile
    ferry_class: FerryClass | None
    deck_slots: int
    per_km: float

    @classmethod
    def of(cls, vehicle: Vehicle) -> "VehicleClass":
        """Return the class of a vehicle."""
        ship = vehicle.conveyance
        return cls(ship.profile, ship.ferry_class, ship.deck_slots, vehicle.costs.per_km)


class WaitingMap:
    """The static map of an archipelago, and the lines behind each of its arcs."""

    def __init__(self, travel: Travel) -> None:
        """Index places; the maps of the classes are made when asked for."""
        self._problem, self._matrix = travel.problem, travel.matrix
        self._places = self._problem.places()
        self._row = {place: row for row, place in enumerate(self._places)}
        self._ports = [port.id for port in self._problem.timetable.ports]
        self._sea: dict[VehicleClass, _Sea] = {}
        self._land: dict[Profile, tuple[Matrix, Matrix]] = {}

    def lines(self, vehicle: Vehicle, origin: PlaceId, destination: PlaceId) -> tuple[LineId, ...]:
        """Return the lines that the static map takes between two places, in order; none for a drive."""
        kind = VehicleClass.of(vehicle)
        seconds, _ = self._roads(kind.profile)
        a, b = self._row[origin], self._row[destination]
        if np.isfinite(seconds[a, b]):
            return ()
        sea = self._of_class(kind)
        ports = [self._row[port] for port in self._ports]
        total = seconds[a, ports][:, None] + sea.seconds + seconds[ports, b][None, :]
        first, last = np.unravel_index(int(np.argmin(total)), total.shape)
        return sea.lines(int(first), int(last))

    def case(self) -> Json:
        """Return all that a static solver needs: maps by class, vehicles and stops, times from the first instant on."""
        problem = self._problem
        classes = list(dict.fromkeys(VehicleClass.of(vehicle) for vehicle in problem.vehicles))
        origin = self._first_instant()
        return {
            "origin": origin,
            "places": len(problem.depots) + len(problem.stops),
            "depots": [self._hull(depot.windows, origin) for depot in problem.depots],
            "classes": [self._static(kind) for kind in classes],
            "vehicles": [
                self._vehicle(v, classes.index(VehicleClass.of(v)), origin) for v in problem.vehicles
            ],
            "stops": [self._stop(stop, origin) for stop in problem.stops],
        }

    def _first_instant(self) -> int:
        starts = [vehicle.shift.start for vehicle in self._problem.vehicles]
        starts += [window.start for stop in self._problem.stops for window in stop.windows]
        return min(starts)

    def _vehicle(self, vehicle: Vehicle, kind: int, origin: int) -> Json:
        stops = self._problem.stops
        return {
            "class": kind,
            "start": self._row[vehicle.start or ""],
            "end": self._row[vehicle.end or ""],
            "open": vehicle.shift.start - origin,
            "close": vehicle.shift.end - origin,
            "capacity": list(vehicle.capacity),
            "fixed": vehicle.costs.fixed,
            "per_hour": vehicle.costs.per_hour,
            "forbidden": [n for n, stop in enumerate(stops) if not self._problem.may_serve(vehicle, stop)],
        }

    def _stop(self, stop: Stop, origin: int) -> Json:
        return {
            "place": self._row[PlaceId(stop.id)],
            "pickup": stop.kind == "pickup",
            "load": list(stop.load),
            "windows": [[window.start - origin, window.end - origin] for window in stop.windows],
            "service": stop.service,
            "penalty": stop.penalty,
        }

    @staticmethod
    def _hull(windows: tuple[TimeWindow, ...], origin: int) -> list[int] | None:
        """Return opening hours as the one window that static solvers know."""
        return [max(windows[0].start - origin, 0), windows[-1].end - origin] if windows else None

    def _static(self, kind: VehicleClass) -> Json:
        seconds, meters = self._roads(kind.profile)
        n = len(self._problem.depots) + len(self._problem.stops)
        ports = [self._row[port] for port in self._ports]
        best, cost = seconds[:n, :n].copy(), meters[:n, :n] * kind.per_km / METERS_PER_KM
        sea, dry = self._of_class(kind), np.isfinite(best)
        for a, b in product(range(len(ports)), repeat=2):
            if a == b or not np.isfinite(sea.seconds[a, b]):
                continue
            way = seconds[:n, ports[a]][:, None] + sea.seconds[a, b] + seconds[ports[b], :n][None, :]
            road = meters[:n, ports[a]][:, None] + sea.meters[a, b] + meters[ports[b], :n][None, :]
            better = (way < best) & ~dry
            best = np.where(better, way, best)
            cost = np.where(better, road * kind.per_km / METERS_PER_KM + sea.fare[a, b], cost)
        return {"seconds": _whole(best), "cost": _whole(cost)}

    def _roads(self, profile: Profile) -> tuple[Matrix, Matrix]:
        """Return seconds and metres between all places; infinite where there is no road."""
        if profile not in self._land:
            n = len(self._places)
            seconds, meters = np.full((n, n), np.inf), np.full((n, n), np.inf)
            for (of_profile, _), block in self._matrix.blocks.items():
                if of_profile == profile:
                    rows = np.ix_(*[[self._row[place] for place in block.places]] * 2)
                    road = block.seconds != NO_ROAD
                    seconds[rows] = np.where(road, block.seconds, np.inf)
                    meters[rows] = np.where(road, block.meters, np.inf)
            self._land[profile] = seconds, meters
        return self._land[profile]

    def _of_class(self, kind: VehicleClass) -> "_Sea":
        if kind not in self._sea:
            seconds, meters = self._roads(kind.profile)
            rows = np.ix_(*[[self._row[port] for port in self._ports]] * 2)
            index = {port: number for number, port in enumerate(self._ports)}
            sea = _Sea(seconds[rows].copy(), meters[rows].copy())
            for line in self._problem.timetable.lines:
                fare, wait = line.fare(kind.ferry_class), _average(line, kind.deck_slots)
                if fare is not None and wait is not None:
                    sea.add(index[line.from_port], index[line.to_port], line.id, wait, fare)
            sea.close()
            self._sea[kind] = sea
        return self._sea[kind]


class _Sea:
    """The quickest ways between ports, over lines and the roads between them (Floyd and Warshall)."""

    def __init__(self, seconds: Matrix, meters: Matrix) -> None:
        """Begin with the roads."""
        self.seconds, self.meters = seconds, np.where(np.isfinite(meters), meters, 0.0)
        self.fare = np.zeros_like(seconds)
        self._by: dict[tuple[int, int], LineId] = {}
        self._via: dict[tuple[int, int], int] = {}

    def add(self, a: int, b: int, line: LineId, seconds: float, fare: float) -> None:
        """Add a line."""
        if seconds < self.seconds[a, b]:
            self.seconds[a, b], self.fare[a, b], self.meters[a, b] = seconds, fare, 0.0
            self._by[a, b] = line

    def close(self) -> None:
        """Find the quickest ways of several parts."""
        n = len(self.seconds)
        for via, a, b in product(range(n), repeat=3):
            seconds = self.seconds[a, via] + self.seconds[via, b]
            if via not in (a, b) and seconds < self.seconds[a, b]:
                self.seconds[a, b] = seconds
                self.fare[a, b] = self.fare[a, via] + self.fare[via, b]
                self.meters[a, b] = self.meters[a, via] + self.meters[via, b]
                self._via[a, b] = via

    def lines(self, a: int, b: int) -> tuple[LineId, ...]:
        """Return the lines of a way."""
        via = self._via.get((a, b))
        if via is not None:
            return (*self.lines(a, via), *self.lines(via, b))
        line = self._by.get((a, b))
        return () if line is None else (line,)


def _average(line: Line, deck_slots: int) -> float | None:
    """Return how long the line takes on average, from reaching its port to the road beyond."""
    usable = [
        sailing
        for sailing in line.sailings
        if not sailing.cancelled and (sailing.deck_slots is None or sailing.deck_slots >= deck_slots)
    ]
    if not usable:
        return None
    headways = [after.departs - before.departs for before, after in pairwise(usable)]
    under_way = fmean(sailing.check_in + sailing.crossing + sailing.unload for sailing in usable)
    return under_way + (fmean(headways) / 2 if headways else 0.0)


def _whole(values: Matrix) -> list[list[int]]:
    rounded: Iterable[Iterable[int]] = (
        np.where(np.isfinite(values), np.rint(values), FAR).astype(np.int64).tolist()
    )
    return [list(row) for row in rounded]

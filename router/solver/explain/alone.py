"""Whether a vehicle with nothing else to do could serve a stop, and what fails if not."""

from collections.abc import Collection

from router.domain.fleet import Conveyance, Vehicle
from router.domain.ids import DepotId, VehicleId
from router.domain.places import TimeWindow
from router.domain.plan import ReasonCode
from router.domain.problem import Problem, Stop
from router.domain.units import Instant
from router.solver.explain.finding import Finding
from router.solver.explain.lanes import Lanes
from router.solver.explain.limits import beyond_limits
from router.solver.explain.misses import nearest
from router.solver.explain.tries import Tries
from router.solver.explain.ways import Way, Ways
from router.solver.insertion import Insertions
from router.solver.legs import NOTHING_FULL
from router.solver.timeline import departure, first_within, last_return
from router.travel.travel import Travel


class Alone:
    """Tries stops in empty vehicles on empty decks."""

    def __init__(self, problem: Problem, travel: Travel) -> None:
        """Keep the question."""
        self._problem, self._travel = problem, travel
        self._empty = Insertions(problem, travel, heed_decks=False)
        self._ways = Ways(problem, travel)
        self._lanes, self._tries = Lanes(problem, travel), Tries(problem, travel)
        self._longest_first = sorted(problem.vehicles, key=lambda v: v.shift.start - v.shift.end)

    def able(self, stop: Stop) -> list[Vehicle]:
        """Return the vehicles that could serve a stop if they had nothing else to do."""
        able = self._empty.able(stop)
        return [
            vehicle
            for number, vehicle in enumerate(self._problem.vehicles)
            if number in able and beyond_limits(self._problem, self._travel, vehicle, stop) is None
        ]

    def able_pair(self, pickup: Stop, dropoff: Stop) -> tuple[list[Vehicle], list[tuple[Vehicle, Finding]]]:
        """Return who could serve a shipment with nothing else to do, and why the others could not."""
        ends = (pickup, dropoff)
        able = {end.id: {vehicle.id for vehicle in self.able(end)} for end in ends}
        unable: dict[VehicleId, Finding] = {}
        for end in ends:
            for vehicle, finding in self.why_not(
                end, [v for v in self._problem.vehicles if v.id in able[end.id]]
            ):
                unable.setdefault(vehicle.id, finding)
        for vehicle in self._problem.vehicles:
            if vehicle.id not in unable:
                lane = self._lanes.lane(vehicle, (), NOTHING_FULL)
                tried = nearest(self._tries.pair_attempts(lane, *ends)) if lane is not None else None
                if tried is not None and tried.misses:
                    unable[vehicle.id] = tried.finding(alone=True)
        found = [(v, unable[v.id]) for v in self._problem.vehicles if v.id in unable]
        return [vehicle for vehicle in self._problem.vehicles if vehicle.id not in unable], found

    def why_not(self, stop: Stop, able: Collection[Vehicle]) -> list[tuple[Vehicle, Finding]]:
        """Return for every vehicle that is not able the first thing that keeps it from serving a stop.

        What a vehicle has no time for in a long shift, a vehicle that moves alike has no time for in a part
        of that shift, so that vehicles with long shifts are tried first and speak for the others.
        """
        able_ids = {vehicle.id for vehicle in able}
        tried: dict[_Kind, list[tuple[TimeWindow, Finding]]] = {}
        found: dict[VehicleId, Finding] = {}
        for vehicle in self._longest_first:
            if vehicle.id in able_ids:
                continue
            finding = (
                _not_allowed(vehicle, stop)
                or self._too_heavy(vehicle, stop)
                or beyond_limits(self._problem, self._travel, vehicle, stop)
            )
            if finding is None:
                alike = tried.setdefault((vehicle.conveyance, vehicle.start, vehicle.end), [])
                finding = next((known for shift, known in alike if _holds(shift, vehicle.shift)), None)
                if finding is None:
                    finding = self._too_late(vehicle, stop)
                    alike.append((vehicle.shift, finding))
            found[vehicle.id] = finding
        return [(vehicle, found[vehicle.id]) for vehicle in self._problem.vehicles if vehicle.id in found]

    def _too_heavy(self, vehicle: Vehicle, stop: Stop) -> Finding | None:
        for name, load, limit in zip(self._problem.dimensions, stop.load, vehicle.capacity, strict=True):
            if limit is not None and load > limit:
                detail = f"{load - limit} {name} over: {load} for a capacity of {limit}"
                return Finding(ReasonCode.CAPACITY, load - limit, detail)
        return None

    def _too_late(self, vehicle: Vehicle, stop: Stop) -> Finding:
        begin, end = departure(self._problem, vehicle), last_return(self._problem, vehicle)
        if begin is None or end is None:
            closed = vehicle.start if begin is None else vehicle.end
            return Finding(ReasonCode.SHIFT, 0, f"{closed} is closed during the whole shift of {vehicle.id}")
        there = _way_there(vehicle, stop, begin, end)
        journey = self._travel.earliest_arrival(vehicle.conveyance, *there.ends, begin)
        starts = None if journey is None else first_within(stop.windows, journey.arrives_at)
        if starts is None:
            return self._ways.why_not(there)
        return self._ways.why_not(_way_back(vehicle, stop, Instant(starts + stop.service), end))


_Kind = tuple[Conveyance, DepotId | None, DepotId | None]


def _holds(shift: TimeWindow, part: TimeWindow) -> bool:
    return shift.start <= part.start and part.end <= shift.end


def _way_there(vehicle: Vehicle, stop: Stop, begin: Instant, end: Instant) -> Way:
    windows_end_first = bool(stop.windows) and stop.windows[-1].end <= end
    return Way(
        vehicle=vehicle,
        origin=vehicle.start,
        destination=stop.id,
        leave=begin,
        arrive_by=stop.windows[-1].end if windows_end_first else end,
        late=ReasonCode.TIME_WINDOW if windows_end_first else ReasonCode.SHIFT,
        until="its last window closes" if windows_end_first else "the shift ends",
    )


def _way_back(vehicle: Vehicle, stop: Stop, leave: Instant, end: Instant) -> Way:
    return Way(
        vehicle=vehicle,
        origin=stop.id,
        destination=vehicle.end,
        leave=leave,
        arrive_by=end,
        late=ReasonCode.SHIFT,
        until="the day there ends" if end < vehicle.shift.end else "the shift ends",
    )


def _not_allowed(vehicle: Vehicle, stop: Stop) -> Finding | None:
    if stop.allowed_vehicles is not None and vehicle.id not in stop.allowed_vehicles:
        named = ", ".join(sorted(stop.allowed_vehicles)) or "no vehicle"
        return Finding(ReasonCode.VEHICLE_NOT_ALLOWED, 0, f"only {named} may come")
    missing = sorted(stop.requires - vehicle.provides)
    if missing:
        return Finding(ReasonCode.SKILL, len(missing), f"{vehicle.id} lacks {', '.join(missing)}")
    return None

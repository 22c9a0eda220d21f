"""What is left to do of a day, as a problem of its own that any engine can solve.

A vehicle that is out starts at a depot of its own, where it is free, and at once serves a required stop of its own
there: its *hold*. The hold keeps it there until it is free, carries what stays on board whatever comes, and makes
the way home count even where nothing else is left to do.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from router.domain.ferries import Line, Timetable
from router.domain.fleet import Vehicle
from router.domain.ids import PlaceId, SailingId, StopId, VehicleId
from router.domain.locks import Lock
from router.domain.places import TimeWindow
from router.domain.plan import FerryStep
from router.domain.problem import Problem, Stop, StopKind
from router.domain.units import Instant
from router.service.replanning.day import Day
from router.service.replanning.out import Out, Terms
from router.travel.matrix import Block, TravelMatrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """The rest of a day.

    Attributes:
        stands_for: The place of the whole day that each invented place is at.
        holds: The hold of every vehicle that is out.
    """

    problem: Problem
    stands_for: dict[PlaceId, PlaceId]
    holds: dict[VehicleId, StopId]

    def matrix(self, roads: TravelMatrix) -> TravelMatrix:
        """Return the roads between its places, taken from those of the whole day."""
        places = {place: self.stands_for.get(place, place) for place in self.problem.places()}
        blocks = {}
        for key, block in roads.blocks.items():
            row_of = {place: row for row, place in enumerate(block.places)}
            here = tuple(place for place, stands_for in places.items() if stands_for in row_of)
            if here:
                rows = np.array([row_of[places[place]] for place in here])
                cells = np.ix_(rows, rows)
                blocks[key] = Block(places=here, seconds=block.seconds[cells], meters=block.meters[cells])
        return TravelMatrix(blocks, roads.source)


def rest_of(day: Day, terms: Terms) -> Rest:
    """Return what is left to do on these terms."""
    out = {vehicle_id: Out(day, terms, vehicle_id, where) for vehicle_id, where in day.out()}
    fleet = tuple(
        out[vehicle.id].vehicle() if vehicle.id in out else _waiting(vehicle, day.history.at)
        for vehicle in _fleet(day)
    )
    stops = tuple(_stops(day, terms, fleet, out))
    stop_ids = frozenset(stop.id for stop in stops)
    held = [one.hold() for one in out.values()]
    problem = replace(
        day.problem,
        depots=(*day.problem.depots, *(one.depot() for one in out.values())),
        stops=(*stops, *held),
        vehicles=fleet,
        timetable=_with_room_left(day),
        shipments=tuple(s for s in day.problem.shipments if {s.pickup, s.dropoff} <= stop_ids),
        locks=tuple(_locks(day, stop_ids, frozenset(vehicle.id for vehicle in fleet))),
    )
    stands_for: dict[PlaceId, PlaceId] = {}
    for one, hold in zip(out.values(), held, strict=True):
        stands_for |= {one.name: one.where.place, hold.id: one.where.place}
    holds = {vehicle_id: hold.id for vehicle_id, hold in zip(out, held, strict=True)}
    return Rest(problem=problem, stands_for=stands_for, holds=holds)


def _fleet(day: Day) -> Iterator[Vehicle]:
    """Yield the vehicles that can still do something."""
    for vehicle in day.problem.vehicles:
        where = day.standings.get(vehicle.id)
        is_over = where.is_over if where is not None else vehicle.shift.end < day.history.at
        if vehicle.id not in day.history.dropped and not is_over:
            yield vehicle


def _waiting(vehicle: Vehicle, at: Instant) -> Vehicle:
    """Return a vehicle that has not left: it leaves no earlier than now."""
    return replace(vehicle, shift=TimeWindow(max(vehicle.shift.start, at), vehicle.shift.end))


def _stops(day: Day, terms: Terms, fleet: Iterable[Vehicle], out: Mapping[VehicleId, Out]) -> Iterator[Stop]:
    """Yield the stops still to be served, each with the vehicles that can have it."""
    everybody = frozenset(vehicle.id for vehicle in fleet)
    out_for_good = frozenset(v for v, one in out.items() if one.is_last_trip)
    locked_to = {stop_id: lock.vehicle_id for lock in day.problem.locks for stop_id in lock.stop_ids}
    penalties = {s.dropoff: day.problem.stop(s.pickup).penalty for s in day.problem.shipments}
    gone = day.served | day.history.withdrawn
    for stop in day.problem.stops:
        if stop.id in gone:
            continue
        allowed = everybody if stop.allowed_vehicles is None else everybody & stop.allowed_vehicles
        if stop.id in day.aboard:
            carrier = frozenset({day.aboard[stop.id]})
            shipped = stop.shipment is not None
            yield replace(
                stop,
                allowed_vehicles=everybody & carrier,
                ready_at=None,
                shipment=None,
                penalty=penalties[stop.id] if shipped else stop.penalty,
            )
            continue
        ready_at = stop.ready_at
        if stop.kind is StopKind.DROPOFF and stop.shipment is None:
            allowed -= out_for_good
            ready_at = _not_before(stop, day.history.at) if out_for_good < out.keys() else ready_at
        for keeper in (locked_to.get(stop.id), terms.kept.get(stop.id)):
            allowed = allowed if keeper is None else allowed & {keeper}
        yield replace(stop, allowed_vehicles=allowed, ready_at=ready_at)


def _not_before(stop: Stop, at: Instant) -> Instant:
    """Return when a load is ready at the earliest, so that it is on no trip that has begun."""
    now = Instant(at + 1)
    return now if stop.ready_at is None else max(stop.ready_at, now)


def _locks(day: Day, stop_ids: frozenset[StopId], vehicle_ids: frozenset[VehicleId]) -> Iterator[Lock]:
    """Yield the locks on what is left; those of vehicles whose day is over leave nothing to anybody."""
    for lock in day.problem.locks:
        left = tuple(stop_id for stop_id in lock.stop_ids if stop_id in stop_ids)
        if left and lock.vehicle_id in vehicle_ids:
            yield replace(lock, stop_ids=left)


def _with_room_left(day: Day) -> Timetable:
    """Return the timetable with the room that is left on decks by those who are on board, or in line for it."""
    taken: dict[SailingId, int] = {}
    for vehicle_id, where in day.standings.items():
        slots = day.problem.vehicle(vehicle_id).conveyance.deck_slots
        for step in where.done:
            if isinstance(step, FerryStep):
                taken[step.sailing_id] = taken.get(step.sailing_id, 0) + slots
    timetable = day.problem.timetable
    return replace(timetable, lines=tuple(_decks(line, taken) for line in timetable.lines))


def _decks(line: Line, taken: Mapping[SailingId, int]) -> Line:
    sailings = (
        sailing
        if sailing.deck_slots is None or sailing.id not in taken
        else replace(sailing, deck_slots=max(sailing.deck_slots - taken[sailing.id], 0))
        for sailing in line.sailings
    )
    return replace(line, sailings=tuple(sailings))

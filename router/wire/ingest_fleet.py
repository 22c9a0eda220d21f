"""The vehicles and locks of a request as those of a problem."""

from collections.abc import Mapping, Sequence, Set
from datetime import date

from router.domain.ferries import Timetable
from router.domain.fleet import Break, Conveyance, Vehicle, VehicleCosts, VehicleLimits
from router.domain.ids import BreakId, DepotId, FerryClass, LineId, Profile, SailingId, StopId, VehicleId
from router.domain.locks import Lock, LockKind
from router.domain.units import Meters, Money, Seconds
from router.wire import shapes
from router.wire.ingest_places import window_of
from router.wire.tickets import local_day


def vehicles_of(
    vehicles: Sequence[shapes.Vehicle], dimensions: tuple[str, ...], timetable: Timetable
) -> tuple[Vehicle, ...]:
    """Return the vehicles, in their order; breaks of each are in the order of their windows."""
    booked = {SailingId(ticket) for vehicle in vehicles for ticket in vehicle.tickets}
    same_day = _same_day(booked, timetable)
    return tuple(_vehicle(vehicle, dimensions, same_day) for vehicle in vehicles)


def _vehicle(
    vehicle: shapes.Vehicle, dimensions: tuple[str, ...], same_day: Mapping[SailingId, frozenset[SailingId]]
) -> Vehicle:
    tickets = tuple(map(SailingId, vehicle.tickets))
    return Vehicle(
        id=VehicleId(vehicle.id),
        conveyance=Conveyance(
            profile=Profile(vehicle.profile),
            ferry_class=None if vehicle.ferry_class is None else FerryClass(vehicle.ferry_class),
            deck_slots=vehicle.deck_slots,
            barred=frozenset().union(*(same_day[ticket] for ticket in tickets)) - set(tickets),
        ),
        start=None if vehicle.start is None else DepotId(vehicle.start),
        end=None if vehicle.end is None else DepotId(vehicle.end),
        shift=window_of(vehicle.shift),
        capacity=tuple(vehicle.capacity.get(dimension) for dimension in dimensions),
        provides=frozenset(vehicle.provides),
        costs=_costs(vehicle.costs or shapes.Costs()),
        limits=_limits(vehicle),
        max_trips=1 if vehicle.max_trips is None else vehicle.max_trips,
        reload=Seconds(vehicle.reload_seconds or 0),
        breaks=tuple(sorted(map(_break, vehicle.breaks), key=lambda rest: (rest.window, rest.id))),
        tickets=tickets,
    )


def _same_day(booked: Set[SailingId], timetable: Timetable) -> dict[SailingId, frozenset[SailingId]]:
    """Return, for every booked sailing, all of its line on its day."""
    days: dict[tuple[LineId, date], set[SailingId]] = {}
    for line_id in {timetable.sailing(ticket).line_id for ticket in booked}:
        for sailing in timetable.line(line_id).sailings:
            days.setdefault((line_id, local_day(sailing, timetable)), set()).add(sailing.id)
    return {ticket: frozenset(day) for day in days.values() for ticket in day & booked}


def lock_of(lock: shapes.Lock) -> Lock:
    """Return a lock."""
    return Lock(
        vehicle_id=VehicleId(lock.vehicle_id),
        stop_ids=tuple(map(StopId, lock.stop_ids)),
        kind=LockKind(lock.kind),
    )


def _break(rest: shapes.Break) -> Break:
    return Break(id=BreakId(rest.id), window=window_of(rest.window), duration=Seconds(rest.duration_seconds))


def _costs(costs: shapes.Costs) -> VehicleCosts:
    return VehicleCosts(fixed=Money(costs.fixed), per_km=Money(costs.per_km), per_hour=Money(costs.per_hour))


def _limits(vehicle: shapes.Vehicle) -> VehicleLimits:
    meters, seconds = vehicle.max_distance_meters, vehicle.max_duration_seconds
    return VehicleLimits(
        cash=None if vehicle.max_cash is None else Money(vehicle.max_cash),
        distance=None if meters is None else Meters(meters),
        duration=None if seconds is None else Seconds(seconds),
        stops=vehicle.max_stops,
    )

"""The vehicles and locks of a request as those of a problem."""

from collections.abc import Sequence
from dataclasses import dataclass

from router.domain.ferries import Timetable
from router.domain.fleet import Break, Conveyance, Vehicle, VehicleCosts, VehicleLimits
from router.domain.ids import BreakId, DepotId, FerryClass, Profile, SailingId, StopId, VehicleId
from router.domain.locks import Lock, LockKind
from router.domain.units import Meters, Money, Seconds
from router.wire import shapes
from router.wire.ingest_places import window_of
from router.wire.tickets import local_day


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetReader:
    """Makes vehicles of one request, for its load dimensions and its ferries."""

    dimensions: tuple[str, ...]
    timetable: Timetable

    def vehicle(self, vehicle: shapes.Vehicle) -> Vehicle:
        """Return a vehicle; its breaks are in the order of their windows."""
        breaks = sorted(map(_break, vehicle.breaks), key=lambda rest: (rest.window, rest.id))
        return Vehicle(
            id=VehicleId(vehicle.id),
            conveyance=Conveyance(
                profile=Profile(vehicle.profile),
                ferry_class=None if vehicle.ferry_class is None else FerryClass(vehicle.ferry_class),
                deck_slots=vehicle.deck_slots,
                barred=self._barred(vehicle.tickets),
            ),
            start=DepotId(vehicle.start or ""),  # an absent one is refused before: see later.py
            end=DepotId(vehicle.end or ""),
            shift=window_of(vehicle.shift),
            capacity=tuple(vehicle.capacity.get(dimension) for dimension in self.dimensions),
            provides=frozenset(vehicle.provides),
            costs=_costs(vehicle.costs or shapes.Costs()),
            limits=_limits(vehicle),
            max_trips=1 if vehicle.max_trips is None else vehicle.max_trips,
            reload=Seconds(vehicle.reload_seconds or 0),
            breaks=tuple(breaks),
            tickets=tuple(map(SailingId, vehicle.tickets)),
        )

    def _barred(self, tickets: Sequence[str]) -> frozenset[SailingId]:
        """Return the sailings of the same lines and days as the tickets, without those of the tickets."""
        booked = [self.timetable.sailing(SailingId(ticket)) for ticket in tickets]
        days = {(sailing.line_id, local_day(sailing, self.timetable)) for sailing in booked}
        return frozenset(
            sailing.id
            for line_id in {line_id for line_id, _ in days}
            for sailing in self.timetable.line(line_id).sailings
            if (line_id, local_day(sailing, self.timetable)) in days
        ) - {sailing.id for sailing in booked}


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

"""Small builders of problems and plans, so that a test shows only what it is about.

Every island has one straight road on which each place stands at some kilometre; by ``road_matrix`` a
kilometre takes a minute. All instants are of 25 November 2026 (``day`` counts on from there), as the clocks
of a zone show them: ``at("07:30")`` is half past seven in Bali.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.eventful import booked
from router.domain.ferries import Line, Port, Sailing, Timetable
from router.domain.fleet import Break, Conveyance, Vehicle, VehicleCosts, VehicleLimits
from router.domain.ids import (
    BreakId,
    DepotId,
    FerryClass,
    IslandId,
    LineId,
    PlaceId,
    PortId,
    Profile,
    SailingId,
    ShipmentId,
    StopId,
    VehicleId,
)
from router.domain.locks import Lock, LockKind
from router.domain.places import FixedLink, Location, TimeWindow
from router.domain.problem import Depot, Problem, Shipment, Stop, StopKind
from router.domain.travel_choice import NO_ROAD
from router.domain.units import Instant, Meters, Money, Seconds, instant_of
from router.travel.matrix import Block, TravelMatrix

WIB = "Asia/Jakarta"
WITA = "Asia/Makassar"
WIT = "Asia/Jayapura"

KM_PER_DEGREE = 100
MINUTE = 60


def at(clock: str, zone: str = WITA, day: int = 0) -> Instant:
    """Return the instant when the clocks of a zone show ``clock``, ``HH:MM`` or ``HH:MM:SS``."""
    moment = datetime.fromisoformat(f"2026-11-25T{clock}").replace(tzinfo=ZoneInfo(zone))
    return instant_of(moment + timedelta(days=day))


def between(start: str, end: str, zone: str = WITA, day: int = 0) -> TimeWindow:
    """Return a time window by the clocks of a zone."""
    return TimeWindow(at(start, zone, day), at(end, zone, day))


def spot(island: str, km: float, zone: str = WITA) -> Location:
    """Return a place at a kilometre of the island's road."""
    return Location(lat=-8.0, lon=115 + km / KM_PER_DEGREE, island=IslandId(island), time_zone=zone)


def depot(
    name: str = "dps",
    *,
    island: str = "bali",
    km: float = 0,
    windows: Sequence[TimeWindow] = (),
    zone: str = WITA,
) -> Depot:
    """Return a depot."""
    return Depot(id=DepotId(name), location=spot(island, km, zone), windows=tuple(windows))


def dropoff(
    name: str,
    *,
    island: str = "bali",
    km: float = 0,
    load: Sequence[int] = (1,),
    windows: Sequence[TimeWindow] = (),
    service: int = 0,
    requires: Iterable[str] = (),
    allowed: Iterable[str] | None = None,
    penalty: float | None = None,
    cash: float = 0,
    ready_at: Instant | None = None,
    zone: str = WITA,
) -> Stop:
    """Return a drop-off; ``service`` in seconds."""
    return Stop(
        id=StopId(name),
        kind=StopKind.DROPOFF,
        location=spot(island, km, zone),
        load=tuple(load),
        windows=tuple(windows),
        service=Seconds(service),
        requires=frozenset(requires),
        allowed_vehicles=None if allowed is None else frozenset(map(VehicleId, allowed)),
        penalty=None if penalty is None else Money(penalty),
        cash=Money(cash),
        ready_at=ready_at,
    )


def pickup(
    name: str,
    *,
    island: str = "bali",
    km: float = 0,
    load: Sequence[int] = (1,),
    windows: Sequence[TimeWindow] = (),
) -> Stop:
    """Return a pick-up; use ``dataclasses.replace`` for more."""
    like = dropoff(name, island=island, km=km, load=load, windows=windows)
    return replace(like, kind=StopKind.PICKUP)


def shipment(
    name: str,
    *,
    km: float,
    to_km: float,
    island: str = "bali",
    to_island: str | None = None,
    load: Sequence[int] = (1,),
    windows: Sequence[TimeWindow] = (),
    to_windows: Sequence[TimeWindow] = (),
    penalty: float | None = None,
) -> tuple[Stop, Stop]:
    """Return both ends of a shipment, to stand among the stops of a ``problem``; ``to_...`` is its drop-off."""
    ends = (
        pickup(f"{name}/pickup", island=island, km=km, load=load, windows=windows),
        dropoff(f"{name}/dropoff", island=to_island or island, km=to_km, load=load, windows=to_windows),
    )
    penalties = (None, None) if penalty is None else (Money(penalty), Money(0.0))
    pickup_end, dropoff_end = (
        replace(end, shipment=ShipmentId(name), penalty=share)
        for end, share in zip(ends, penalties, strict=True)
    )
    return pickup_end, dropoff_end


def rest(name: str, start: str, end: str, *, minutes: int = 30, zone: str = WITA) -> Break:
    """Return a break that begins between two times on the clocks of a zone."""
    return Break(id=BreakId(name), window=between(start, end, zone), duration=Seconds(minutes * MINUTE))


def lock(vehicle: str, *stops: str, kind: LockKind = LockKind.VEHICLE) -> Lock:
    """Return a lock of stops to a vehicle."""
    return Lock(vehicle_id=VehicleId(vehicle), stop_ids=tuple(map(StopId, stops)), kind=kind)


def limits(
    *,
    cash: float | None = None,
    distance: int | None = None,
    duration: int | None = None,
    stops: int | None = None,
) -> VehicleLimits:
    """Return the limits of a vehicle; ``distance`` in metres, ``duration`` in seconds."""
    return VehicleLimits(
        cash=None if cash is None else Money(cash),
        distance=None if distance is None else Meters(distance),
        duration=None if duration is None else Seconds(duration),
        stops=stops,
    )


def van(
    name: str = "van-1",
    *,
    start: str | None = "dps",
    end: str | None = None,
    shift: TimeWindow | None = None,
    capacity: Sequence[int | None] = (10,),
    profile: str = "van",
    ferry_class: str | None = "IVB",
    deck_slots: int = 1,
    provides: Iterable[str] = (),
    fixed: float = 0,
    per_km: float = 1,
    per_hour: float = 0,
    limits: VehicleLimits = VehicleLimits(),  # noqa: B008
    max_trips: int = 1,
    reload: int = 0,
    breaks: Sequence[Break] = (),
    tickets: Iterable[str] = (),
) -> Vehicle:
    """Return a vehicle that ends where it starts and works from six to eight unless told otherwise.

    Without ``start`` it starts anywhere, and without ``end`` as well it ends anywhere.

    ``reload`` is in seconds. What its tickets bar is known once it is part of a ``problem``.
    """
    return Vehicle(
        id=VehicleId(name),
        conveyance=Conveyance(
            profile=Profile(profile),
            ferry_class=None if ferry_class is None else FerryClass(ferry_class),
            deck_slots=deck_slots,
        ),
        start=None if start is None else DepotId(start),
        end=None if (end or start) is None else DepotId(end or start or ""),
        shift=shift or between("06:00", "20:00"),
        capacity=tuple(capacity),
        provides=frozenset(provides),
        costs=VehicleCosts(fixed=Money(fixed), per_km=Money(per_km), per_hour=Money(per_hour)),
        limits=limits,
        max_trips=max_trips,
        reload=Seconds(reload),
        breaks=tuple(breaks),
        tickets=tuple(map(SailingId, tickets)),
    )


def port(name: str, *, island: str, km: float = 0, zone: str = WITA) -> Port:
    """Return a port."""
    return Port(id=PortId(name), location=spot(island, km, zone))


def line(
    name: str,
    from_port: str,
    to_port: str,
    departures: Sequence[str],
    *,
    crossing: int = 45 * MINUTE,
    check_in: int = 20 * MINUTE,
    unload: int = 5 * MINUTE,
    fares: Mapping[str, float] | None = None,
    deck_slots: int | None = None,
    cancelled: Iterable[str] = (),
    zone: str = WITA,
    day: int = 0,
) -> Line:
    """Return a line whose sailing at ``08:00`` is called ``<name> 08:00``; durations in seconds."""
    return Line(
        id=LineId(name),
        from_port=PortId(from_port),
        to_port=PortId(to_port),
        fares=None if fares is None else {FerryClass(k): Money(v) for k, v in fares.items()},
        sailings=tuple(
            Sailing(
                id=SailingId(f"{name} {clock}"),
                line_id=LineId(name),
                departs=at(clock, zone, day),
                crossing=Seconds(crossing),
                check_in=Seconds(check_in),
                unload=Seconds(unload),
                deck_slots=deck_slots,
                cancelled=clock in cancelled,
            )
            for clock in departures
        ),
    )


def problem(
    *,
    depots: Sequence[Depot] | None = None,
    stops: Sequence[Stop] = (),
    vehicles: Sequence[Vehicle] | None = None,
    ports: Sequence[Port] = (),
    lines: Sequence[Line] = (),
    dimensions: Sequence[str] = ("parcels",),
    fixed_links: Sequence[FixedLink] = (),
    locks: Sequence[Lock] = (),
) -> Problem:
    """Return a problem; without further word one depot and one van.

    Stops that name the same shipment are its two ends, and tickets bar what they have to.
    """
    timetable = Timetable(ports=tuple(ports), lines=tuple(lines))
    return Problem(
        name="test",
        currency="IDR",
        dimensions=tuple(dimensions),
        depots=(depot(),) if depots is None else tuple(depots),
        stops=tuple(stops),
        vehicles=tuple(
            booked(vehicle, timetable) for vehicle in (vehicles if vehicles is not None else [van()])
        ),
        timetable=timetable,
        fixed_links=tuple(fixed_links),
        shipments=_shipments(stops),
        locks=tuple(locks),
    )


def _shipments(stops: Sequence[Stop]) -> tuple[Shipment, ...]:
    pickups = {stop.shipment: stop.id for stop in stops if stop.kind is StopKind.PICKUP}
    return tuple(
        Shipment(id=stop.shipment, pickup=pickups[stop.shipment], dropoff=stop.id)
        for stop in stops
        if stop.shipment is not None and stop.kind is StopKind.DROPOFF
    )


def bridge(one: str, other: str, *, profiles: Iterable[str] | None = None) -> FixedLink:
    """Return a fixed link between two islands."""
    carried = None if profiles is None else frozenset(map(Profile, profiles))
    return FixedLink(islands=(IslandId(one), IslandId(other)), lat=-8.0, lon=115.0, profiles=carried)


def road_matrix(
    question: Problem, *, seconds_per_km: int = MINUTE, closed: Iterable[tuple[PlaceId, PlaceId]] = ()
) -> TravelMatrix:
    """Return the roads of a problem by the kilometres of its places; ``closed`` pairs have none, that way."""
    blocks = {}
    for profile in question.profiles():
        masses = question.land_masses(profile)
        for mass in sorted(set(masses.values())):
            places = tuple(p for p in question.places() if masses[question.location(p).island] == mass)
            km = np.array([question.location(p).lon * KM_PER_DEGREE for p in places])
            apart = np.abs(km[:, None] - km[None, :])
            seconds = np.rint(apart * seconds_per_km).astype(np.int32)
            meters = np.rint(apart * 1000).astype(np.int32)
            for origin, destination in closed:
                if origin in places and destination in places:
                    cell = places.index(origin), places.index(destination)
                    seconds[cell] = meters[cell] = NO_ROAD
            blocks[profile, mass] = Block(places=places, seconds=seconds, meters=meters)
    return TravelMatrix(blocks, "straight roads")

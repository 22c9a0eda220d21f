"""Archipelagos of a few stops, some with everything that a day can hold: small enough to be solved whole."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from benchmarks.archipelagos import small
from benchmarks.reading import read
from router.domain.ferries import Sailing, Timetable
from router.domain.fleet import Break, Vehicle, VehicleLimits
from router.domain.ids import BreakId, LineId, ShipmentId
from router.domain.locks import Lock, LockKind
from router.domain.places import TimeWindow
from router.domain.problem import Problem, Shipment, Stop, StopKind
from router.domain.units import Instant, Meters, Money, Seconds, local_time
from router.travel.matrix import TravelMatrix

HOUR = 3600


@cache
def plain(seed: int, most_stops: int) -> tuple[Problem, TravelMatrix]:
    """Return an archipelago of stops, vehicles, windows, loads, skills and ferries."""
    instance = read(small(seed, most_stops=most_stops))
    return instance.problem, instance.travel.matrix


@cache
def eventful(seed: int, most_stops: int) -> tuple[Problem, TravelMatrix]:
    """Return the same with some of: limits, cash, releases, shipments, locks, tickets, reloads, breaks, open ends."""
    problem, matrix = plain(seed, most_stops)
    draw = random.Random(f"eventful {seed}")
    stops = tuple(_stop(draw, problem, stop) for stop in problem.stops)
    stops, shipments = _shipments(draw, stops)
    vehicles = tuple(_vehicle(draw, vehicle) for vehicle in problem.vehicles)
    vehicles = tuple(_ticket(draw, vehicle, problem.timetable) for vehicle in vehicles)
    locks = _locks(draw, stops, vehicles)
    vehicles = tuple(_anywhere(draw, vehicle) for vehicle in vehicles)
    return replace(problem, stops=stops, vehicles=vehicles, shipments=shipments, locks=locks), matrix


def _stop(draw: random.Random, problem: Problem, stop: Stop) -> Stop:
    cash = Money(draw.choice([0.0, 0.0, 50_000.0, 120_000.5]))
    if stop.kind is StopKind.PICKUP or draw.random() < 0.6:
        return replace(stop, cash=cash)
    first = min(vehicle.shift.start for vehicle in problem.vehicles)
    return replace(stop, cash=cash, ready_at=Instant(first + draw.randrange(0, 5 * HOUR)))


def _shipments(draw: random.Random, stops: tuple[Stop, ...]) -> tuple[tuple[Stop, ...], tuple[Shipment, ...]]:
    """Make a shipment of the first two stops, every other time."""
    if len(stops) < 3 or draw.random() < 0.5:
        return stops, ()
    name = ShipmentId("s-1")
    required = stops[0].required
    pickup = replace(stops[0], kind=StopKind.PICKUP, shipment=name, ready_at=None)
    dropoff = replace(
        stops[1],
        kind=StopKind.DROPOFF,
        shipment=name,
        ready_at=None,
        load=pickup.load,
        penalty=None if required else Money(0.0),
    )
    shipment = Shipment(id=name, pickup=pickup.id, dropoff=dropoff.id)
    return (pickup, dropoff, *stops[2:]), (shipment,)


def _vehicle(draw: random.Random, vehicle: Vehicle) -> Vehicle:
    limits = VehicleLimits(
        cash=draw.choice([None, None, Money(200_000.0)]),
        distance=draw.choice([None, None, Meters(90_000)]),
        duration=draw.choice([None, None, Seconds(7 * HOUR)]),
        stops=draw.choice([None, None, 3]),
    )
    breaks = [_break(vehicle, number, hours) for number, hours in enumerate((4.0, 7.5), 1)]
    several_trips = draw.random() < 0.5
    return replace(
        vehicle,
        limits=limits,
        max_trips=2 if several_trips else 1,
        reload=Seconds(900) if several_trips else Seconds(0),
        breaks=tuple(breaks[: draw.choice([0, 0, 1, 2])]),
    )


def _ticket(draw: random.Random, vehicle: Vehicle, timetable: Timetable) -> Vehicle:
    """Book the vehicle on a sailing that carries it, every third time."""
    slots = vehicle.conveyance.deck_slots
    carried = [
        sailing.id
        for line in timetable.lines
        for sailing in line.sailings
        if line.fare(vehicle.conveyance.ferry_class) is not None
        and not sailing.cancelled
        and (sailing.deck_slots is None or sailing.deck_slots >= slots)
    ]
    if not carried or draw.random() < 0.67:
        return vehicle
    return booked(replace(vehicle, tickets=(draw.choice(carried),)), timetable)


def _anywhere(draw: random.Random, vehicle: Vehicle) -> Vehicle:
    """Let the vehicle start anywhere, or end anywhere, every sixth time."""
    if draw.random() < 1 / 6:
        vehicle = replace(vehicle, start=None, max_trips=1, reload=Seconds(0))
    return replace(vehicle, end=None) if draw.random() < 1 / 6 else vehicle


def booked(vehicle: Vehicle, timetable: Timetable) -> Vehicle:
    """Return the vehicle barred from the other sailings of the lines and days of its tickets."""

    def line_and_day(sailing: Sailing) -> tuple[LineId, date]:
        clocks = timetable.port(timetable.line(sailing.line_id).from_port).location.time_zone
        return sailing.line_id, local_time(sailing.departs, clocks).date()

    days = {line_and_day(timetable.sailing(ticket)) for ticket in vehicle.tickets}
    others = (s.id for s in timetable.sailings() if s.id not in vehicle.tickets and line_and_day(s) in days)
    return replace(vehicle, conveyance=replace(vehicle.conveyance, barred=frozenset(others)))


def _break(vehicle: Vehicle, number: int, hours: float) -> Break:
    opens = Instant(vehicle.shift.start + round(hours * HOUR))
    window = TimeWindow(opens, Instant(opens + HOUR))
    return Break(id=BreakId(f"break-{number}"), window=window, duration=Seconds(1800))


def _locks(draw: random.Random, stops: Sequence[Stop], vehicles: Sequence[Vehicle]) -> tuple[Lock, ...]:
    free = [stop.id for stop in stops if stop.shipment is None]
    if len(free) < 2 or draw.random() < 0.6:
        return ()
    chosen = draw.sample(free, k=2)
    kind = draw.choice([LockKind.SEQUENCE, LockKind.VEHICLE])
    return (Lock(vehicle_id=draw.choice(list(vehicles)).id, stop_ids=tuple(chosen), kind=kind),)

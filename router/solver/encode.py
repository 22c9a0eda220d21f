"""From domain objects to the arrays of the kernel. Ids go in here and come out in ``decode``."""

from dataclasses import dataclass

import numpy as np

from router.domain.fleet import Conveyance, Vehicle
from router.domain.ids import IslandId, PlaceId, Profile
from router.domain.places import TimeWindow
from router.domain.problem import Problem, Stop, StopKind
from router.domain.units import METERS_PER_KM, SECONDS_PER_HOUR, Instant
from router.solver.fleet_types import vehicle_types
from router.solver.kernel import model as m
from router.solver.neighbours import insertion_orders, nearest_stops
from router.solver.waterways import Waterways, encode_waterways
from router.travel.travel import Travel

UNLIMITED = 1 << 40
"""Capacity of what has no limit."""


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """The arrays of a problem, and what is needed to read indices back.

    Attributes:
        model: The kernel's arrays.
        decks: Slots of each limited sailing; entry 0 stands for every unlimited one.
        vehicles: Vehicles in the order of the kernel.
        stops: Stops in the order of the kernel.
        waterways: Crossings in the order of the kernel.
        type_of: Type of each vehicle.
    """

    model: m.Model
    decks: m.Ints
    vehicles: tuple[Vehicle, ...]
    stops: tuple[Stop, ...]
    waterways: Waterways
    type_of: list[int]


@dataclass(frozen=True, slots=True, eq=False)
class _Land:
    """Where nodes stand in the flat matrices."""

    road: m.Ints
    arc: m.Ints32
    mass_index: dict[tuple[Profile, IslandId], int]
    masses: int


def encode(problem: Problem, travel: Travel) -> Encoding:
    """Return the arrays of a problem; the horizon begins with the first shift."""
    origin = min((v.shift.start for v in problem.vehicles), default=Instant(0))
    horizon = max((v.shift.end for v in problem.vehicles), default=origin) - origin
    vehicles, type_of = vehicle_types(problem)
    land = _land(problem, travel, vehicles)
    waterways = encode_waterways(problem, travel, vehicles, land.mass_index, land.masses, origin)
    node, window, servable = _nodes(problem, vehicles, origin, horizon)
    allowed = _allowed(problem, vehicles, type_of, servable, land, waterways)
    deliver, collect = _loads(problem, len(vehicles))
    near = nearest_stops(travel, problem)
    model = m.Model(
        node=node,
        window=window,
        road=land.road,
        arc=land.arc,
        vehicle=_vehicles(problem, vehicles, type_of, waterways),
        rate=np.array([_rates(v) for v in vehicles], dtype=np.float64).reshape(-1, 3),
        capacity=_capacities(problem, vehicles),
        deliver=deliver,
        collect=collect,
        allowed=allowed,
        penalty=np.array([stop.penalty or 0.0 for stop in problem.stops], dtype=np.float64),
        required=np.array([stop.required for stop in problem.stops], dtype=np.bool_),
        type_0=np.searchsorted(type_of, np.arange(len(set(type_of)) + 1)).astype(np.int64),
        type_vehicle=np.arange(len(vehicles), dtype=np.int64),
        pair_0=waterways.pair_0,
        port_pair=waterways.port_pair,
        crossing=waterways.crossing,
        fare=waterways.fare,
        least_fare=waterways.least_fare,
        least_time=waterways.least_time,
        masses=np.array([land.masses], dtype=np.int64),
        near=near,
        order=insertion_orders(problem, node, deliver + collect),
        big=np.array([_more_than_any_plan(problem, vehicles, land, waterways)]),
    )
    return Encoding(model, waterways.decks, vehicles, problem.stops, waterways, type_of)


def _rates(vehicle: Vehicle) -> tuple[float, float, float]:
    costs = vehicle.costs
    return costs.fixed, costs.per_km / METERS_PER_KM, costs.per_hour / SECONDS_PER_HOUR


def _land(problem: Problem, travel: Travel, vehicles: tuple[Vehicle, ...]) -> _Land:
    """Lay all blocks end to end and note each node's land mass, row and column for each profile."""
    places = _places(problem, vehicles)
    profiles = problem.profiles()
    road = np.zeros((max(len(profiles), 1), len(places), 3), dtype=np.int64)
    mass_index: dict[tuple[Profile, IslandId], int] = {}
    arcs: list[m.Ints32] = []
    offset, masses = 0, 1
    for p, profile in enumerate(profiles):
        position: dict[PlaceId, tuple[int, int, int]] = {}
        blocks = [(mass, block) for (name, mass), block in travel.matrix.blocks.items() if name == profile]
        for index, (mass, block) in enumerate(blocks):
            mass_index[profile, mass] = index
            size = len(block.places)
            for row, place in enumerate(block.places):
                position[place] = (index, offset + row * size, row)
            arcs.append(np.stack((block.seconds.ravel(), block.meters.ravel()), axis=1))
            offset += size * size
        masses = max(masses, len(blocks))
        road[p] = [position[place] for place in places]
    arc = np.concatenate(arcs) if arcs else np.zeros((1, 2), dtype=np.int32)
    return _Land(road, arc, mass_index, masses)


def _places(problem: Problem, vehicles: tuple[Vehicle, ...]) -> list[PlaceId]:
    places: list[PlaceId] = [stop.id for stop in problem.stops]
    for vehicle in vehicles:
        places += (vehicle.start, vehicle.end)
    return places


def _nodes(
    problem: Problem, vehicles: tuple[Vehicle, ...], origin: Instant, horizon: int
) -> tuple[m.Ints, m.Ints, m.Bools]:
    """Return service and windows of every node, and which nodes have any instant within the horizon."""
    day = TimeWindow(origin, Instant(origin + horizon))
    rows = [(int(stop.service), _within(stop.windows, day)) for stop in problem.stops]
    for vehicle in vehicles:
        depots = (problem.depot(vehicle.start), problem.depot(vehicle.end))
        rows += ((0, _within(depot.windows, vehicle.shift)) for depot in depots)
    node = np.zeros((len(rows), m.NODE_COLUMNS), dtype=np.int64)
    window: list[tuple[int, int]] = []
    servable = np.ones(len(rows), dtype=np.bool_)
    for i, (service, windows) in enumerate(rows):
        servable[i] = bool(windows)
        # A node that can never be served keeps one window, so that the kernel needs no special case.
        spans = [(w.start - origin, w.end - origin) for w in windows] or [(0, 0)]
        node[i] = (service, len(window), len(window) + len(spans), spans[0][0], spans[-1][1])
        window += spans
    return node, np.array(window, dtype=np.int64).reshape(-1, 2), servable


def _within(windows: tuple[TimeWindow, ...], span: TimeWindow) -> tuple[TimeWindow, ...]:
    """Return what of the windows lies within ``span``; no windows mean all of it."""
    if not windows:
        return (span,)
    cut = ((max(w.start, span.start), min(w.end, span.end)) for w in windows)
    return tuple(TimeWindow(start, end) for start, end in cut if start <= end)


def _allowed(
    problem: Problem,
    vehicles: tuple[Vehicle, ...],
    type_of: list[int],
    servable: m.Bools,
    land: _Land,
    waterways: Waterways,
) -> m.Bools:
    """Return which vehicle types may serve which stops, by skills, lists, size, depots and waters."""
    stops = len(problem.stops)
    allowed = np.zeros((max(type_of, default=-1) + 1, stops), dtype=np.bool_)
    for v, vehicle in enumerate(vehicles):
        start, end = stops + 2 * v, stops + 2 * v + 1
        if (v > 0 and type_of[v] == type_of[v - 1]) or not (servable[start] and servable[end]):
            continue
        p, k = waterways.profile_of[vehicle.profile], waterways.conveyance_of[vehicle.conveyance]
        masses = land.road[p, :, m.MASS]
        out = waterways.joined(k, masses[start], masses[:stops], land.masses)
        back = waterways.joined(k, masses[:stops], masses[end], land.masses)
        fits = [problem.may_serve(vehicle, stop) and _fits(stop, vehicle) for stop in problem.stops]
        allowed[type_of[v]] = np.array(fits, dtype=np.bool_) & out & back & servable[:stops]
    return allowed


def _fits(stop: Stop, vehicle: Vehicle) -> bool:
    return all(
        limit is None or amount <= limit for amount, limit in zip(stop.load, vehicle.capacity, strict=True)
    )


def _vehicles(
    problem: Problem, vehicles: tuple[Vehicle, ...], type_of: list[int], waterways: Waterways
) -> m.Ints:
    rows = np.zeros((len(vehicles), m.VEHICLE_COLUMNS), dtype=np.int64)
    stops = len(problem.stops)
    for v, vehicle in enumerate(vehicles):
        conveyance: Conveyance = vehicle.conveyance
        rows[v] = (
            waterways.profile_of[vehicle.profile],
            waterways.conveyance_of[conveyance],
            stops + 2 * v,
            stops + 2 * v + 1,
            type_of[v],
            conveyance.deck_slots,
            v,
        )
    return rows


def _capacities(problem: Problem, vehicles: tuple[Vehicle, ...]) -> m.Ints:
    rows = [[UNLIMITED if limit is None else limit for limit in v.capacity] for v in vehicles]
    return np.array(rows, dtype=np.int64).reshape(len(vehicles), len(problem.dimensions))


def _loads(problem: Problem, vehicles: int) -> tuple[m.Ints, m.Ints]:
    """Return what each node delivers and collects; depots do neither."""
    shape = (len(problem.stops) + 2 * vehicles, len(problem.dimensions))
    deliver, collect = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for i, stop in enumerate(problem.stops):
        (deliver if stop.kind is StopKind.DROPOFF else collect)[i] = stop.load
    return deliver, collect


def _more_than_any_plan(
    problem: Problem, vehicles: tuple[Vehicle, ...], land: _Land, waterways: Waterways
) -> float:
    """Return a sum that no plan can cost: every arc the longest, every hour paid, every penalty due."""
    arcs = len(problem.stops) + len(vehicles)
    rates = [_rates(v) for v in vehicles]
    shifts = [v.shift.end - v.shift.start for v in vehicles]
    longest = float(land.arc.max(initial=0)) * 4
    total = 1.0 + sum(
        fixed + per_second * shift for (fixed, _, per_second), shift in zip(rates, shifts, strict=True)
    )
    total += arcs * longest * max((per_meter for _, per_meter, _ in rates), default=0.0)
    total += arcs * float(waterways.fare.max(initial=0.0))
    return total + sum(stop.penalty or 0.0 for stop in problem.stops)

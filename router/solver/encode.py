"""From domain objects to the arrays of the kernel. Ids go in here and come out in ``decode``."""

from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from router.domain.fleet import Vehicle
from router.domain.ids import IslandId, PlaceId, Profile
from router.domain.locks import LockKind
from router.domain.places import TimeWindow
from router.domain.problem import Problem, Stop
from router.domain.units import METERS_PER_KM, SECONDS_PER_HOUR, Instant
from router.solver.encode_nodes import LONGEST, encode_loads, encode_nodes
from router.solver.fleet_types import vehicle_types
from router.solver.kernel import model as m
from router.solver.kernel.records import ARC, SPOT
from router.solver.neighbours import insertion_orders, nearest_stops, roads_beside, row_order
from router.solver.waterways import Waterways, encode_waterways, margin
from router.travel.travel import Travel


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

    road: m.Records
    arc: m.Records
    mass_index: dict[tuple[Profile, IslandId], int]
    masses: int


def encode(problem: Problem, travel: Travel) -> Encoding:
    """Return the arrays of a problem; the horizon begins with the first shift."""
    origin = min((v.shift.start for v in problem.vehicles), default=Instant(0))
    horizon = max((v.shift.end for v in problem.vehicles), default=origin)
    vehicles, type_of = vehicle_types(problem)
    nodes = encode_nodes(problem, vehicles, TimeWindow(origin, Instant(min(horizon, origin + LONGEST))))
    land = _land(problem, travel, nodes.places)
    waterways = encode_waterways(problem, travel, vehicles, land.mass_index, land.masses, origin)
    loads = encode_loads(problem, vehicles, len(nodes.places))
    rest, rest_0 = _rests(vehicles, origin)
    near = nearest_stops(travel, problem)
    model = m.Model(
        node=nodes.node,
        window=nodes.window,
        road=land.road,
        arc=land.arc,
        vehicle=_vehicles(problem, vehicles, type_of, waterways, nodes.reload_0, rest_0),
        limit=_limits(problem, vehicles),
        rate=np.array([_rates(v) for v in vehicles], dtype=np.float64).reshape(-1, 3),
        capacity=loads.capacity,
        amount=loads.amount,
        rest=rest,
        locks=np.array([len(problem.locks)], dtype=np.int64),
        waits=np.array([(nodes.node["ready"] > -m.NEVER).any()], dtype=np.int64),
        allowed=_allowed(problem, vehicles, type_of, nodes.servable, land, waterways),
        penalty=np.array([stop.penalty or 0.0 for stop in problem.stops], dtype=np.float64),
        required=np.array([stop.required for stop in problem.stops], dtype=np.bool_),
        type_0=np.searchsorted(type_of, np.arange(len(set(type_of)) + 1)).astype(np.int64),
        type_vehicle=np.arange(len(vehicles), dtype=np.int64),
        pair_0=waterways.pair_0,
        port_pair=waterways.port_pair,
        crossing=waterways.crossing,
        leg=waterways.leg,
        fare=waterways.fare,
        least_fare=waterways.least_fare,
        least_time=waterways.least_time,
        masses=np.array([land.masses], dtype=np.int64),
        near=near,
        near_road=roads_beside(near, land.road, land.arc),
        sweep=np.argsort(land.road["row"][0, : len(problem.stops)], kind="stable"),
        order=insertion_orders(problem, nodes.node, loads.amount.max(axis=1, initial=0)),
        big=np.array([_more_than_any_plan(problem, vehicles, land, waterways)]),
    )
    return Encoding(model, waterways.decks, vehicles, problem.stops, waterways, type_of)


def _rates(vehicle: Vehicle) -> tuple[float, float, float]:
    costs = vehicle.costs
    return costs.fixed, costs.per_km / METERS_PER_KM, costs.per_hour / SECONDS_PER_HOUR


def _land(problem: Problem, travel: Travel, places: list[PlaceId | None]) -> _Land:
    """Lay all blocks end to end and note each node's land mass, row and column for each profile.

    Where vehicles start or end anywhere, every block has a column of zeros before its own (see ``margin``), and
    behind all blocks comes one row of zeros: whatever land they are needed on, they drive nothing to get there.
    """
    zeros = margin(problem)
    profiles = problem.profiles()
    road = np.zeros((max(len(profiles), 1), len(places)), dtype=SPOT)
    mass_index: dict[tuple[Profile, IslandId], int] = {}
    arcs: list[m.Records] = []
    offset, masses = 0, 1
    for p, profile in enumerate(profiles):
        position: dict[PlaceId, tuple[int, int, int]] = {}
        blocks = [(mass, block) for (name, mass), block in travel.matrix.blocks.items() if name == profile]
        for index, (mass, block) in enumerate(blocks):
            mass_index[profile, mass] = index
            size, order = len(block.places), row_order(problem, block)
            for row, place in enumerate(order.tolist()):
                position[block.places[place]] = (index, offset + row * (size + zeros), row + zeros)
            cells = np.zeros((size, zeros + size), dtype=ARC)
            for field, roads in (("drive", block.seconds), ("long", block.meters)):
                cells[field][:, zeros:] = roads[np.ix_(order, order)]
            arcs.append(cells.reshape(-1))
            offset += size * (size + zeros)
        masses = max(masses, len(blocks))
        road[p] = [position[place] if place is not None else (m.ANYWHERE, 0, 0) for place in places]
    if zeros:
        # More than one land mass, for all that the search knows of where they begin.
        masses = max(masses, 2)
        widest = max(len(block.places) for block in travel.matrix.blocks.values()) + zeros
        arcs.append(np.zeros(widest, dtype=ARC))
        road["row"][road["mass"] == m.ANYWHERE] = offset
    arc = np.concatenate(arcs) if arcs else np.zeros(1, dtype=ARC)
    return _Land(road, arc, mass_index, masses)


def _allowed(
    problem: Problem,
    vehicles: tuple[Vehicle, ...],
    type_of: list[int],
    servable: m.Bools,
    land: _Land,
    waterways: Waterways,
) -> m.Bools:
    """Return which stops may be served by which vehicle types, by skills, lists, size, depots and waters."""
    stops = len(problem.stops)
    allowed = np.zeros((max(type_of, default=-1) + 1, stops), dtype=np.bool_)
    for v, vehicle in enumerate(vehicles):
        start, end = stops + 2 * v, stops + 2 * v + 1
        if (v > 0 and type_of[v] == type_of[v - 1]) or not (servable[start] and servable[end]):
            continue
        p, k = waterways.profile_of[vehicle.profile], waterways.conveyance_of[vehicle.conveyance]
        masses = land.road["mass"][p].astype(np.int64)
        out = waterways.joined(k, masses[start], masses[:stops], land.masses)
        back = waterways.joined(k, masses[:stops], masses[end], land.masses)
        fits = [problem.may_serve(vehicle, stop) and _fits(stop, vehicle) for stop in problem.stops]
        allowed[type_of[v]] = np.array(fits, dtype=np.bool_) & out & back & servable[:stops]
    index = {stop.id: i for i, stop in enumerate(problem.stops)}
    for shipment in problem.shipments:
        allowed[:, index[shipment.pickup]] &= allowed[:, index[shipment.dropoff]]
    return np.ascontiguousarray(allowed.T)


def _fits(stop: Stop, vehicle: Vehicle) -> bool:
    if vehicle.limits.cash is not None and stop.cash > vehicle.limits.cash:
        return False
    return all(
        limit is None or amount <= limit for amount, limit in zip(stop.load, vehicle.capacity, strict=True)
    )


def _vehicles(
    problem: Problem,
    vehicles: tuple[Vehicle, ...],
    type_of: list[int],
    waterways: Waterways,
    reload_0: list[int],
    rest_0: list[int],
) -> m.Ints:
    rows = np.zeros((len(vehicles), m.VEHICLE_COLUMNS), dtype=np.int64)
    stops = len(problem.stops)
    for v, vehicle in enumerate(vehicles):
        rows[v] = (
            waterways.profile_of[vehicle.profile],
            waterways.conveyance_of[vehicle.conveyance],
            stops + 2 * v,
            stops + 2 * v + 1,
            type_of[v],
            vehicle.conveyance.deck_slots,
            v,
            reload_0[v],
            reload_0[v + 1],
            rest_0[v],
            rest_0[v + 1],
        )
    return rows


def _rests(vehicles: tuple[Vehicle, ...], origin: Instant) -> tuple[m.Ints, list[int]]:
    """Return all breaks, vehicle by vehicle, and where those of each vehicle begin."""
    rows = [(b.window.start - origin, b.window.end - origin, b.duration) for v in vehicles for b in v.breaks]
    first = [0, *accumulate(len(vehicle.breaks) for vehicle in vehicles)]
    return np.array(rows, dtype=np.int64).reshape(-1, 3), first


def _limits(problem: Problem, vehicles: tuple[Vehicle, ...]) -> m.Ints:
    locked = {lock.vehicle_id for lock in problem.locks if lock.kind is LockKind.SEQUENCE}
    rows = [
        (
            *(m.NEVER if x is None else x for x in (v.limits.distance, v.limits.duration, v.limits.stops)),
            v.id in locked,
        )
        for v in vehicles
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, m.LIMIT_COLUMNS)


def _more_than_any_plan(
    problem: Problem, vehicles: tuple[Vehicle, ...], land: _Land, waterways: Waterways
) -> float:
    """Return a sum that no plan can cost: every arc the longest, every hour paid, every penalty due."""
    arcs = len(problem.stops) + len(vehicles)
    rates = [_rates(v) for v in vehicles]
    shifts = [v.shift.end - v.shift.start for v in vehicles]
    longest = float(max(land.arc["drive"].max(initial=0), land.arc["long"].max(initial=0))) * 4
    total = 1.0 + sum(
        fixed + per_second * shift for (fixed, _, per_second), shift in zip(rates, shifts, strict=True)
    )
    total += arcs * longest * max((per_meter for _, per_meter, _ in rates), default=0.0)
    total += arcs * float(waterways.fare.max(initial=0.0))
    return total + sum(stop.penalty or 0.0 for stop in problem.stops)

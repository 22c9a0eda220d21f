"""Vehicles that differ in nothing but their id are of one type; the search tries one of each."""

from collections import defaultdict

from router.domain.fleet import Vehicle
from router.domain.ids import StopId, VehicleId
from router.domain.problem import Problem


def vehicle_types(problem: Problem) -> tuple[tuple[Vehicle, ...], list[int]]:
    """Return the vehicles with those of one type side by side, and the type of each, counted from 0."""
    named: defaultdict[VehicleId, list[StopId]] = defaultdict(list)
    for stop in problem.stops:
        for vehicle_id in sorted(stop.allowed_vehicles or ()):
            named[vehicle_id].append(stop.id)
    for lock in problem.locks:
        named[lock.vehicle_id] += lock.stop_ids
    groups: defaultdict[object, list[Vehicle]] = defaultdict(list)
    for vehicle in problem.vehicles:
        groups[_signature(vehicle, tuple(named[vehicle.id]))].append(vehicle)
    vehicles = tuple(vehicle for group in groups.values() for vehicle in group)
    return vehicles, [index for index, group in enumerate(groups.values()) for _ in group]


def _signature(vehicle: Vehicle, named: tuple[StopId, ...]) -> object:
    """Everything about a vehicle that a plan can depend on, apart from its id."""
    return (
        vehicle.conveyance,
        vehicle.start,
        vehicle.end,
        vehicle.shift,
        vehicle.capacity,
        vehicle.provides,
        vehicle.costs,
        vehicle.limits,
        vehicle.max_trips,
        vehicle.reload,
        vehicle.reload_depot,
        vehicle.breaks,
        named,
    )

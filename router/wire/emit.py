"""A problem back as the request that means it, for files, demos and other programs.

``to_problem(read_plan_request(...))`` of what comes out is the same problem, choice and budget again, where
the land has the same clocks and bridges and the ends of shipments stand behind all other stops.
"""

from array import array
from typing import Any

from router.domain.ferries import Line, Port, Sailing, Timetable
from router.domain.fleet import Break, Vehicle
from router.domain.locks import Lock
from router.domain.places import Location, TimeWindow
from router.domain.problem import Depot, Problem, Shipment, Stop
from router.domain.search import Budget
from router.domain.travel_choice import NO_ROAD, InlineMatrices, InlineMatrix, TravelChoice
from router.domain.units import Instant, local_time

JsonObject = dict[str, Any]


def to_request_json(problem: Problem, choice: TravelChoice, budget: Budget) -> JsonObject:
    """Return the request as a JSON object; islands and time zones of ports are said, not left to be found."""
    dimensions = problem.dimensions
    return {
        "name": problem.name,
        "currency": problem.currency,
        "depots": [_depot(depot) for depot in problem.depots],
        "stops": [_stop(stop, dimensions) for stop in problem.stops if stop.shipment is None],
        "shipments": [_shipment(shipment, problem) for shipment in problem.shipments],
        "vehicles": [_vehicle(v, dimensions, _clocks(problem, v)) for v in problem.vehicles],
        "ferries": _ferries(problem.timetable),
        "travel": _travel(choice),
        "locks": [_lock(lock) for lock in problem.locks],
        "options": {
            "time_limit_seconds": budget.time_limit,
            "seed": budget.seed,
            "iteration_limit": budget.iteration_limit,
        },
    }


def _clocks(problem: Problem, vehicle: Vehicle) -> str:
    """Return the clocks by which a vehicle's times are told; of one without depots, those of the first place."""
    place = vehicle.start or vehicle.end or next(iter(problem.places()), None)
    return "UTC" if place is None else problem.location(place).time_zone


def _location(location: Location) -> JsonObject:
    return {"lat": location.lat, "lon": location.lon, "island": location.island}


def _moment(instant: Instant, time_zone: str) -> str:
    return local_time(instant, time_zone).isoformat()


def _window(window: TimeWindow, time_zone: str) -> JsonObject:
    return {"start": _moment(window.start, time_zone), "end": _moment(window.end, time_zone)}


def _depot(depot: Depot) -> JsonObject:
    return {
        "id": depot.id,
        "location": _location(depot.location),
        "windows": [_window(window, depot.location.time_zone) for window in depot.windows],
    }


def _stop(stop: Stop, dimensions: tuple[str, ...]) -> JsonObject:
    return {
        "id": stop.id,
        "kind": stop.kind,
        "location": _location(stop.location),
        "windows": [_window(window, stop.location.time_zone) for window in stop.windows],
        "service_seconds": stop.service,
        "load": dict(zip(dimensions, stop.load, strict=True)),
        "requires": sorted(stop.requires),
        "allowed_vehicles": None if stop.allowed_vehicles is None else sorted(stop.allowed_vehicles),
        "penalty": stop.penalty,
        "cash_on_delivery": stop.cash,
        "ready_at": None if stop.ready_at is None else _moment(stop.ready_at, stop.location.time_zone),
    }


def _shipment(shipment: Shipment, problem: Problem) -> JsonObject:
    pickup, dropoff = problem.stop(shipment.pickup), problem.stop(shipment.dropoff)
    return {
        "id": shipment.id,
        "pickup": _visit(pickup),
        "dropoff": _visit(dropoff),
        "load": dict(zip(problem.dimensions, pickup.load, strict=True)),
        "penalty": pickup.penalty,
    }


def _visit(stop: Stop) -> JsonObject:
    return {
        "location": _location(stop.location),
        "windows": [_window(window, stop.location.time_zone) for window in stop.windows],
        "service_seconds": stop.service,
    }


def _lock(lock: Lock) -> JsonObject:
    return {"vehicle_id": lock.vehicle_id, "stop_ids": list(lock.stop_ids), "kind": lock.kind}


def _vehicle(vehicle: Vehicle, dimensions: tuple[str, ...], time_zone: str) -> JsonObject:
    limits = zip(dimensions, vehicle.capacity, strict=True)
    return {
        "id": vehicle.id,
        "profile": vehicle.profile,
        "start": vehicle.start,
        "end": vehicle.end,
        "shift": _window(vehicle.shift, time_zone),
        "capacity": {dimension: limit for dimension, limit in limits if limit is not None},
        "ferry_class": vehicle.conveyance.ferry_class,
        "deck_slots": vehicle.conveyance.deck_slots,
        "provides": sorted(vehicle.provides),
        "costs": {
            "fixed": vehicle.costs.fixed,
            "per_km": vehicle.costs.per_km,
            "per_hour": vehicle.costs.per_hour,
        },
        "max_cash": vehicle.limits.cash,
        "max_distance_meters": vehicle.limits.distance,
        "max_duration_seconds": vehicle.limits.duration,
        "max_stops": vehicle.limits.stops,
        "max_trips": vehicle.max_trips,
        "reload_seconds": vehicle.reload,
        "breaks": [_break(rest, time_zone) for rest in vehicle.breaks],
        "tickets": list(vehicle.tickets),
    }


def _break(rest: Break, time_zone: str) -> JsonObject:
    return {
        "id": rest.id,
        "window": _window(rest.window, time_zone),
        "duration_seconds": rest.duration,
    }


def _ferries(timetable: Timetable) -> JsonObject:
    return {
        "ports": [_port(port) for port in timetable.ports],
        "lines": [_line(line, timetable.port(line.from_port).location.time_zone) for line in timetable.lines],
    }


def _port(port: Port) -> JsonObject:
    return {"id": port.id, "location": _location(port.location), "time_zone": port.location.time_zone}


def _line(line: Line, time_zone: str) -> JsonObject:
    """Return a line; what its sailings share is said once, by the first of them."""
    first = next(iter(line.sailings), None)
    return {
        "id": line.id,
        "from_port": line.from_port,
        "to_port": line.to_port,
        "crossing_seconds": first.crossing if first else 1,
        "check_in_seconds": first.check_in if first else 0,
        "unload_seconds": first.unload if first else 0,
        "fares": None if line.fares is None else dict(line.fares),
        "sailings": [_sailing(sailing, time_zone) for sailing in line.sailings],
    }


def _sailing(sailing: Sailing, time_zone: str) -> JsonObject:
    return {
        "id": sailing.id,
        "departs": _moment(sailing.departs, time_zone),
        "crossing_seconds": sailing.crossing,
        "deck_slots": sailing.deck_slots,
        "cancelled": sailing.cancelled,
    }


def _travel(choice: TravelChoice) -> JsonObject:
    if isinstance(choice, InlineMatrices):
        return {"matrices": {name: _matrix(matrix) for name, matrix in choice.by_profile.items()}}
    return {"provider": choice}


def _matrix(matrix: InlineMatrix) -> JsonObject:
    def rows(cells: "array[int]") -> list[list[int | None]]:
        width = len(matrix.places)
        return [
            [None if cell == NO_ROAD else cell for cell in cells[start : start + width]]
            for start in range(0, width * width, width)
        ]

    return {"places": list(matrix.places), "seconds": rows(matrix.seconds), "meters": rows(matrix.meters)}

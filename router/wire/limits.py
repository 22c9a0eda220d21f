"""How much a request may ask for, and the check of it before anything is validated."""

from dataclasses import dataclass

from router.domain.road_engines import NO_ENGINES, RoadEngines
from router.domain.webhooks import PUBLIC_HTTPS, WebhookRules
from router.errors import Fault
from router.wire.document import Json, matches, values
from router.wire.faults import FaultCode, fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds of one request. Lengths of single texts are part of the shapes instead.

    Attributes:
        stops: Of the whole request; a shipment is two.
        windows: Of one stop or depot.
        dimensions: Different load dimensions in the whole request.
        lines: Of the timetable in the request; ``sailings`` bounds the sum over them.
        entries: Of any other list or map: skills, allowed vehicles, fares, profiles, tickets, locks.
        matrix_cells: Sum over all inline matrices, counting one matrix as places x places.
        road_cells: Profiles times places x places: roads that are held in memory to search over.
        timetable_days: Between the first start and the last end of a shift, where timetables are named.
        time_limit_seconds: Longest search that may be asked for.
        webhooks: Which addresses may be called when a plan ends.
        road_engines: Which ones may be asked for.
    """

    stops: int = 10_000
    vehicles: int = 2_000
    depots: int = 1_000
    windows: int = 64
    dimensions: int = 16
    ports: int = 1_000
    lines: int = 2_000
    sailings: int = 50_000
    entries: int = 2_000
    matrix_cells: int = 16_000_000
    road_cells: int = 250_000_000
    timetable_days: int = 62
    time_limit_seconds: int = 3_600
    webhooks: WebhookRules = PUBLIC_HTTPS
    road_engines: RoadEngines = NO_ENGINES


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Lists and maps at ``pattern`` hold at most so many entries as the attribute ``limit`` of the limits says."""

    pattern: str
    limit: str
    code: FaultCode


_CEILINGS = (
    Ceiling("/stops", "stops", FaultCode.TOO_MANY_STOPS),
    Ceiling("/shipments", "stops", FaultCode.TOO_MANY_STOPS),
    Ceiling("/vehicles", "vehicles", FaultCode.TOO_MANY_VEHICLES),
    Ceiling("/depots", "depots", FaultCode.TOO_MANY_DEPOTS),
    Ceiling("/depots/*/windows", "windows", FaultCode.TOO_MANY_WINDOWS),
    Ceiling("/stops/*/windows", "windows", FaultCode.TOO_MANY_WINDOWS),
    Ceiling("/stops/*/requires", "entries", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/stops/*/allowed_vehicles", "entries", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/stops/*/load", "dimensions", FaultCode.TOO_MANY_DIMENSIONS),
    Ceiling("/shipments/*/pickup/windows", "windows", FaultCode.TOO_MANY_WINDOWS),
    Ceiling("/shipments/*/dropoff/windows", "windows", FaultCode.TOO_MANY_WINDOWS),
    Ceiling("/shipments/*/load", "dimensions", FaultCode.TOO_MANY_DIMENSIONS),
    Ceiling("/vehicles/*/provides", "entries", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/vehicles/*/breaks", "windows", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/vehicles/*/tickets", "entries", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/vehicles/*/capacity", "dimensions", FaultCode.TOO_MANY_DIMENSIONS),
    Ceiling("/ferries/ports", "ports", FaultCode.TOO_MANY_PORTS),
    Ceiling("/ferries/lines", "lines", FaultCode.TOO_MANY_LINES),
    Ceiling("/ferries/lines/*/fares", "entries", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/ferries/lines/*/sailings", "sailings", FaultCode.TOO_MANY_SAILINGS),
    Ceiling("/timetables", "entries", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/locks", "entries", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/locks/*/stop_ids", "entries", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/travel/matrices", "entries", FaultCode.TOO_MANY_ENTRIES),
)


def cut_to_limits(request: dict[str, Json], limits: Limits) -> list[Fault]:
    """Return a fault for every limit passed.

    What is too long is cut in place, so that the rest is checked in bounded work.
    """
    return [
        *cut_to_ceilings(request, limits, _CEILINGS),
        *_stops_in_all(request, limits),
        *_sailings_in_all(request, limits),
        *_dimensions_in_all(request, limits),
        *_matrix_cells(request, limits),
        *_road_cells(request, limits),
        *_time_limit(request, limits),
    ]


def cut_to_ceilings(document: dict[str, Json], limits: object, ceilings: tuple[Ceiling, ...]) -> list[Fault]:
    """Return a fault for every list or map that is too long, and cut it in place."""
    faults = []
    for ceiling in ceilings:
        most = getattr(limits, ceiling.limit)
        if not any(_passes(value, most) for value in values(document, ceiling.pattern)):
            continue
        for path, value in matches(document, ceiling.pattern):
            if _passes(value, most):
                faults.append(fault(path, ceiling.code, f"{len(value)} entries; at most {most} are allowed"))
                _cut(value, most)
    return faults


def _passes(value: Json, most: int) -> bool:
    return isinstance(value, list | dict) and len(value) > most


def _cut(value: list[Json] | dict[str, Json], most: int) -> None:
    if isinstance(value, list):
        del value[most:]
    else:
        for name in list(value)[most:]:
            del value[name]


def _stops_in_all(request: dict[str, Json], limits: Limits) -> list[Fault]:
    """Count the stops that the search has: a shipment is two."""
    stops, shipments = (request.get(name) for name in ("stops", "shipments"))
    if not isinstance(shipments, list) or not shipments:
        return []
    total = 2 * len(shipments) + (len(stops) if isinstance(stops, list) else 0)
    if total <= limits.stops:
        return []
    detail = f"{total} stops with two for each shipment; at most {limits.stops} are allowed"
    return [fault(("shipments",), FaultCode.TOO_MANY_STOPS, detail)]


def _sailings_in_all(request: dict[str, Json], limits: Limits) -> list[Fault]:
    lists = [v for v in values(request, "/ferries/lines/*/sailings") if isinstance(v, list)]
    total = sum(map(len, lists))
    if total <= limits.sailings:
        return []
    for sailings in lists:
        _cut(sailings, limits.sailings // len(lists))
    detail = f"{total} sailings over all lines; at most {limits.sailings} are allowed"
    return [fault(("ferries", "lines"), FaultCode.TOO_MANY_SAILINGS, detail)]


def _dimensions_in_all(request: dict[str, Json], limits: Limits) -> list[Fault]:
    names: set[str] = set()
    for pattern in ("/stops/*/load", "/shipments/*/load", "/vehicles/*/capacity"):
        names.update(*(value for value in values(request, pattern) if isinstance(value, dict)))
    if len(names) <= limits.dimensions:
        return []
    detail = (
        f"{len(names)} load dimensions over all stops and vehicles; at most {limits.dimensions} are allowed"
    )
    return [fault(("stops",), FaultCode.TOO_MANY_DIMENSIONS, detail)]


def _matrix_cells(request: dict[str, Json], limits: Limits) -> list[Fault]:
    faults = []
    cells = 0
    for pattern in ("/travel/matrix/places", "/travel/matrices/{}/places"):
        for path, places in matches(request, pattern):
            if isinstance(places, list):
                cells += len(places) ** 2
                if cells > limits.matrix_cells:
                    detail = f"{cells} matrix cells; at most {limits.matrix_cells} are allowed"
                    faults.append(fault(path[:-1], FaultCode.MATRIX_TOO_LARGE, detail))
    return faults


def _road_cells(request: dict[str, Json], limits: Limits) -> list[Fault]:
    """Look at how much the roads between all places will take, once for each profile, before they are made."""
    profiles = {name for name in values(request, "/vehicles/*/profile") if isinstance(name, str)}
    counted = {
        pattern: len(values(request, pattern)) for pattern in ("/stops/*", "/depots/*", "/ferries/ports/*")
    }
    places = sum(counted.values()) + 2 * len(values(request, "/shipments/*"))
    cells = len(profiles) * places**2
    if cells <= limits.road_cells:
        return []
    detail = f"{places} places and {len(profiles)} profiles make {cells} roads; at most {limits.road_cells} are allowed"
    return [fault(("stops",), FaultCode.MATRIX_TOO_LARGE, detail)]


def _time_limit(request: dict[str, Json], limits: Limits) -> list[Fault]:
    return [
        fault(
            path,
            FaultCode.TIME_LIMIT_TOO_LONG,
            f"{value} s; at most {limits.time_limit_seconds} s are allowed",
        )
        for path, value in matches(request, "/options/time_limit_seconds")
        if isinstance(value, int) and value > limits.time_limit_seconds
    ]

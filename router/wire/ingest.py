"""A request without faults becomes a problem, a choice of travel and a budget."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from router.domain.ferries import Line, Port, Sailing, Timetable
from router.domain.fleet import Conveyance, Vehicle, VehicleCosts
from router.domain.ids import DepotId, FerryClass, LineId, PortId, Profile, SailingId, StopId, VehicleId
from router.domain.places import Location, TimeWindow
from router.domain.problem import Depot, Problem, Stop, StopKind
from router.domain.search import Budget
from router.domain.travel_choice import NO_ROAD, InlineMatrices, InlineMatrix, TravelChoice, TravelProvider
from router.domain.units import Money, Seconds
from router.wire import shapes
from router.wire.faults import RequestWarning, refusal
from router.wire.hints import line_hints, matrix_hints
from router.wire.siting import Land, place, sites_of

DEFAULT_TIME_LIMIT = Seconds(20)
DEFAULT_SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What a request means, and what is odd about it."""

    problem: Problem
    choice: TravelChoice
    budget: Budget
    warnings: tuple[RequestWarning, ...] = ()


def to_problem(request: shapes.PlanRequest, land: Land) -> Ingested:
    """Return the meaning of a request that ``read_plan_request`` returned.

    Raises:
        InvalidRequest: positions are at sea; names each.
    """
    siting = place(tuple(sites_of(request)), land)
    if siting.faults:
        raise refusal(siting.faults)
    problem = _problem(request, iter(location for location in siting.locations if location), land)
    choice = _choice(request.travel, problem)
    return Ingested(
        problem=problem,
        choice=choice,
        budget=_budget(request.options or shapes.Options()),
        warnings=(*siting.warnings, *line_hints(problem), *matrix_hints(request, problem, choice)),
    )


def _problem(request: shapes.PlanRequest, locations: Iterator[Location], land: Land) -> Problem:
    dimensions = tuple(
        sorted(
            {*(d for s in request.stops for d in s.load), *(d for v in request.vehicles for d in v.capacity)}
        )
    )
    return Problem(
        name=request.name,
        currency=request.currency,
        dimensions=dimensions,
        depots=tuple(_depot(depot, next(locations)) for depot in request.depots),
        stops=tuple(_stop(stop, next(locations), dimensions) for stop in request.stops),
        vehicles=tuple(_vehicle(vehicle, dimensions) for vehicle in request.vehicles),
        timetable=_timetable(request.ferries or shapes.Ferries(), locations),
        fixed_links=land.fixed_links(),
    )


def _window(window: shapes.Window) -> TimeWindow:
    return TimeWindow(window.start, window.end)


def _depot(depot: shapes.Depot, location: Location) -> Depot:
    windows = TimeWindow.merged([_window(window) for window in depot.windows])
    return Depot(id=DepotId(depot.id), location=location, windows=windows)


def _stop(stop: shapes.Stop, location: Location, dimensions: tuple[str, ...]) -> Stop:
    return Stop(
        id=StopId(stop.id),
        kind=StopKind(stop.kind),
        location=location,
        load=tuple(stop.load.get(dimension, 0) for dimension in dimensions),
        windows=TimeWindow.merged([_window(window) for window in stop.windows]),
        service=Seconds(stop.service_seconds),
        requires=frozenset(stop.requires),
        allowed_vehicles=frozenset(map(VehicleId, stop.allowed_vehicles)) if stop.allowed_vehicles else None,
        penalty=None if stop.penalty is None else Money(stop.penalty),
    )


def _vehicle(vehicle: shapes.Vehicle, dimensions: tuple[str, ...]) -> Vehicle:
    costs = vehicle.costs or shapes.Costs()
    return Vehicle(
        id=VehicleId(vehicle.id),
        conveyance=Conveyance(
            profile=Profile(vehicle.profile),
            ferry_class=None if vehicle.ferry_class is None else FerryClass(vehicle.ferry_class),
            deck_slots=vehicle.deck_slots,
        ),
        start=DepotId(vehicle.start or ""),  # an absent one is refused before: see later.py
        end=DepotId(vehicle.end or ""),
        shift=_window(vehicle.shift),
        capacity=tuple(vehicle.capacity.get(dimension) for dimension in dimensions),
        provides=frozenset(vehicle.provides),
        costs=VehicleCosts(
            fixed=Money(costs.fixed), per_km=Money(costs.per_km), per_hour=Money(costs.per_hour)
        ),
    )


def _timetable(ferries: shapes.Ferries, locations: Iterator[Location]) -> Timetable:
    """Return lines and the ports that they use; no matrix has to name the others."""
    used = {port for line in ferries.lines for port in (line.from_port, line.to_port)}
    ports = [
        Port(id=PortId(port.id), location=location)
        for port, location in zip(ferries.ports, locations, strict=True)
    ]
    return Timetable(
        ports=tuple(port for port in ports if port.id in used), lines=tuple(map(_line, ferries.lines))
    )


def _line(line: shapes.Line) -> Line:
    sailings = sorted((_sailing(line, sailing) for sailing in line.sailings), key=lambda s: (s.departs, s.id))
    fares = {FerryClass(name): Money(fare) for name, fare in line.fares.items()} if line.fares else None
    return Line(
        id=LineId(line.id),
        from_port=PortId(line.from_port),
        to_port=PortId(line.to_port),
        sailings=tuple(sailings),
        fares=fares,
    )


def _sailing(line: shapes.Line, sailing: shapes.Sailing) -> Sailing:
    return Sailing(
        id=SailingId(sailing.id),
        line_id=LineId(line.id),
        departs=sailing.departs,
        crossing=Seconds(sailing.crossing_seconds or line.crossing_seconds),
        check_in=Seconds(line.check_in_seconds),
        unload=Seconds(line.unload_seconds),
        deck_slots=sailing.deck_slots,
        cancelled=sailing.cancelled,
    )


def _choice(travel: shapes.Travel | None, problem: Problem) -> TravelChoice:
    if travel is None:
        return TravelProvider.GREAT_CIRCLE
    if travel.provider is not None:
        return TravelProvider(travel.provider)
    if travel.matrix is not None:
        shared = _inline_matrix(travel.matrix)
        return InlineMatrices(by_profile=dict.fromkeys(problem.profiles(), shared))
    return InlineMatrices(
        by_profile={profile: _inline_matrix(travel.matrices[profile]) for profile in problem.profiles()}
    )


def _inline_matrix(matrix: shapes.Matrix) -> InlineMatrix:
    return InlineMatrix(
        places=tuple(matrix.places), seconds=_cells(matrix.seconds), meters=_cells(matrix.meters)
    )


def _cells(rows: list[list[int | None]]) -> "array[int]":
    cells = array("i")
    for row in rows:
        cells.extend(NO_ROAD if cell is None else cell for cell in row)
    return cells


def _budget(options: shapes.Options) -> Budget:
    return Budget(
        time_limit=DEFAULT_TIME_LIMIT
        if options.time_limit_seconds is None
        else Seconds(options.time_limit_seconds),
        iteration_limit=options.iteration_limit,
        seed=DEFAULT_SEED if options.seed is None else options.seed,
    )

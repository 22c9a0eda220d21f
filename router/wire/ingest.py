"""A request without faults becomes a problem, a choice of travel and a budget."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from router.domain.places import Location, TimeWindow
from router.domain.problem import Problem
from router.domain.search import Budget
from router.domain.travel_choice import NO_ROAD, InlineMatrices, InlineMatrix, TravelChoice, TravelProvider
from router.domain.units import Money, Seconds
from router.wire import shapes
from router.wire.faults import RequestWarning, refusal
from router.wire.hints import line_hints, matrix_hints, stop_hints, vehicle_hints
from router.wire.ingest_ferries import timetable_of
from router.wire.ingest_fleet import lock_of, vehicles_of
from router.wire.ingest_places import StopReader, depot_of, shipment_of
from router.wire.siting import Land, place, sites_of
from router.wire.tickets import same_day_faults

DEFAULT_TIME_LIMIT = Seconds(20)
DEFAULT_SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What a request means, and what is odd about it.

    Attributes:
        change_cost: What a replan of its plan is to weigh a stop as that changes hands, where it says so.
    """

    problem: Problem
    choice: TravelChoice
    budget: Budget
    warnings: tuple[RequestWarning, ...] = ()
    webhook_url: str | None = None
    change_cost: Money | None = None


def to_problem(request: shapes.PlanRequest, land: Land) -> Ingested:
    """Return the meaning of a request that ``read_plan_request`` returned.

    Raises:
        InvalidRequest: positions are at sea, or a vehicle has two tickets for one line and day; names each.
    """
    siting = place(tuple(sites_of(request)), land)
    if siting.faults:
        raise refusal(siting.faults)
    problem = _problem(request, iter(location for location in siting.locations if location), land)
    second_tickets = same_day_faults(problem)
    if second_tickets:
        raise refusal(second_tickets)
    choice = _choice(request.travel, problem)
    return Ingested(
        problem=problem,
        choice=choice,
        budget=_budget(request.options or shapes.Options()),
        warnings=(
            *siting.warnings,
            *stop_hints(request),
            *vehicle_hints(request),
            *line_hints(problem),
            *matrix_hints(request, problem, choice),
        ),
        webhook_url=None if request.webhook is None else request.webhook.url,
        change_cost=_change_cost(request.options),
    )


def _change_cost(options: shapes.Options | None) -> Money | None:
    return None if options is None or options.change_cost is None else Money(options.change_cost)


def _problem(request: shapes.PlanRequest, locations: Iterator[Location], land: Land) -> Problem:
    """Return the problem; ``locations`` are those of ``sites_of``, in its order."""
    dimensions = _dimensions(request)
    stop_reader = StopReader(dimensions=dimensions, span=_span(request))
    depots = tuple(depot_of(depot, next(locations)) for depot in request.depots)
    stops = [stop_reader.stop(stop, next(locations)) for stop in request.stops]
    for shipment in request.shipments:
        stops += stop_reader.ends(shipment, next(locations), next(locations))
    timetable = timetable_of(request.ferries or shapes.Ferries(), locations)
    return Problem(
        name=request.name,
        currency=request.currency,
        dimensions=dimensions,
        depots=depots,
        stops=tuple(stops),
        vehicles=vehicles_of(request.vehicles, dimensions, timetable),
        timetable=timetable,
        fixed_links=land.fixed_links(),
        shipments=tuple(map(shipment_of, request.shipments)),
        locks=tuple(map(lock_of, request.locks)),
    )


def _dimensions(request: shapes.PlanRequest) -> tuple[str, ...]:
    amounts = [
        *(stop.load for stop in request.stops),
        *(shipment.load for shipment in request.shipments),
        *(vehicle.capacity for vehicle in request.vehicles),
    ]
    return tuple(sorted({name for named in amounts for name in named}))


def _span(request: shapes.PlanRequest) -> TimeWindow:
    shifts = [vehicle.shift for vehicle in request.vehicles]
    return TimeWindow(min(shift.start for shift in shifts), max(shift.end for shift in shifts))


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

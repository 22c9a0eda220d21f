"""When a vehicle can begin at a stop at all: the earliest on any way there, the latest on any way home."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from router.domain.fleet import Vehicle
from router.domain.ids import PlaceId, StopId
from router.domain.problem import Problem, Stop, StopKind
from router.domain.units import Instant
from router.solver.timeline import departure, first_within, last_return, last_within
from router.travel.travel import Travel


@dataclass(frozen=True, slots=True)
class Reach:
    """The instants between which a vehicle can begin at each stop; ``None`` where it never can.

    Bounds, no more: other stops, loads, decks and breaks are not looked at.

    Attributes:
        leaves: Earliest departure from the start depot.
        returns: Latest return to the end depot.
        spans: Earliest and latest begin of service, stop by stop.
    """

    leaves: Instant
    returns: Instant
    spans: tuple[tuple[Instant, Instant] | None, ...]


def reach(problem: Problem, travel: Travel, vehicle: Vehicle) -> Reach | None:
    """Return when a vehicle can be where, or ``None`` where it cannot be out at all.

    Roads need not obey the triangle inequality: a stop may be reached sooner by way of another.
    """
    leaves, returns = departure(problem, vehicle), last_return(problem, vehicle)
    if leaves is None or returns is None or leaves > returns:
        return None
    stops = [stop for stop in problem.stops if problem.may_serve(vehicle, stop) and _fits(stop, vehicle)]
    by_way_of = [*stops, *_reload(problem, vehicle)]
    first = _earliest(travel, vehicle, by_way_of, leaves)
    last = _latest(travel, vehicle, by_way_of, returns)
    spans = {
        stop.id: (first[stop.id], last[stop.id])
        for stop in stops
        if stop.id in first and stop.id in last and first[stop.id] <= last[stop.id]
    }
    return Reach(leaves, returns, tuple(spans.get(stop.id) for stop in problem.stops))


def _reload(problem: Problem, vehicle: Vehicle) -> list[Stop]:
    """Return the start depot as a place that may be passed on the way, where the vehicle may reload there."""
    if vehicle.max_trips == 1 or vehicle.start is None:
        return []
    depot = problem.depot(vehicle.start)
    return [
        Stop(
            id=StopId(depot.id),
            kind=StopKind.PICKUP,
            location=depot.location,
            load=(0,) * len(problem.dimensions),
            windows=depot.windows,
            service=vehicle.reload,
        )
    ]


def _fits(stop: Stop, vehicle: Vehicle) -> bool:
    return all(
        limit is None or amount <= limit for amount, limit in zip(stop.load, vehicle.capacity, strict=True)
    )


def _earliest(
    travel: Travel, vehicle: Vehicle, stops: Sequence[Stop], leaves: Instant
) -> dict[StopId, Instant]:
    """Return the earliest begin at each stop (Dijkstra: who leaves later never arrives earlier)."""

    def begin(origin: PlaceId | None, free_at: Instant, stop: Stop) -> Instant | None:
        journey = travel.earliest_arrival(vehicle.conveyance, origin, stop.id, free_at)
        return None if journey is None else first_within(stop.windows, journey.arrives_at)

    return _settle(
        stops,
        vehicle.start,
        leaves,
        begin=begin,
        best=min,
        onward=lambda stop, at: Instant(at + stop.service),
    )


def _latest(
    travel: Travel, vehicle: Vehicle, stops: Sequence[Stop], returns: Instant
) -> dict[StopId, Instant]:
    """Return the latest begin at each stop, the same backwards from the end."""

    def begin(destination: PlaceId | None, due: Instant, stop: Stop) -> Instant | None:
        journey = travel.latest_departure(vehicle.conveyance, stop.id, destination, due)
        if journey is None:
            return None
        return last_within(stop.windows, Instant(journey.departs_at - stop.service))

    return _settle(stops, vehicle.end, returns, begin=begin, best=max, onward=lambda _, at: at)


def _settle(
    stops: Sequence[Stop],
    source: PlaceId | None,
    at: Instant,
    *,
    begin: Callable[[PlaceId | None, Instant, Stop], Instant | None],
    best: Callable[[Iterable[Instant]], Instant],
    onward: Callable[[Stop, Instant], Instant],
) -> dict[StopId, Instant]:
    """Settle stop after stop, always one of the best begin, and look on from there."""
    settled: dict[StopId, Instant] = {}
    known: dict[StopId, Instant] = {}
    waiting = {stop.id: stop for stop in stops}
    here = source
    while True:
        for stop in waiting.values():
            found = begin(here, at, stop)
            if found is not None:
                known[stop.id] = best((found, known.get(stop.id, found)))
        if not known:
            return settled
        first = best(known.values())
        chosen = next(stop_id for stop_id, instant in known.items() if instant == first)
        settled[chosen] = known.pop(chosen)
        here, at = chosen, onward(waiting.pop(chosen), first)

"""One vehicle's stops in time: as early as it can be at each, and as late as it may be.

Arriving earlier never hurts (whoever is early waits), so a stop fits between two others exactly when the
way from the earliest departure of the first leads to the second no later than its latest arrival.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from router.domain.fleet import Vehicle
from router.domain.ids import PlaceId, SailingId, StopId
from router.domain.places import TimeWindow
from router.domain.problem import Problem, Stop, StopKind
from router.domain.proposal import Boarding, RouteProposal, Visit
from router.domain.units import Instant, Meters, Money, Seconds
from router.solver.legs import NOTHING_FULL, earliest, fare_of, latest, sailings_of
from router.travel.travel import Journey, Travel


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The order of one vehicle, known to be possible.

    Attributes:
        places: Start depot, stops in order, end depot; ``None`` for a depot means anywhere.
        ready: For each place but the last, the earliest departure.
        due: For each place but the first, the latest arrival; entry ``k`` belongs to ``places[k + 1]``.
        journeys: From each place to the next, as early as possible; none at all for a vehicle without stops.
        on_board: For each place but the last, the load when leaving it.
    """

    vehicle: Vehicle
    places: tuple[PlaceId | None, ...]
    ready: tuple[Instant, ...]
    due: tuple[Instant, ...]
    journeys: tuple[Journey, ...]
    on_board: tuple[tuple[int, ...], ...]

    @property
    def stop_ids(self) -> tuple[StopId, ...]:
        """The stops in order."""
        return tuple(StopId(place) for place in self.places[1:-1] if place is not None)

    def sailings(self) -> frozenset[SailingId]:
        """Return the sailings taken when everything is as early as possible."""
        return frozenset(sailing for journey in self.journeys for sailing in sailings_of(journey))

    def proposal(self) -> RouteProposal:
        """Return the order with the sailings of the earliest journeys."""
        actions: list[Visit | Boarding] = []
        for journey, stop_id in zip(self.journeys, (*self.stop_ids, None), strict=True):
            actions.extend(Boarding(sailing) for sailing in sailings_of(journey))
            actions.extend([Visit(stop_id)] if stop_id is not None else [])
        return RouteProposal(vehicle_id=self.vehicle.id, actions=tuple(actions))


def timeline(
    problem: Problem,
    travel: Travel,
    vehicle: Vehicle,
    stop_ids: Sequence[StopId] = (),
    full: frozenset[SailingId] = NOTHING_FULL,
) -> Timeline | None:
    """Return the order in time, or ``None`` where clocks, roads or ferries do not allow it.

    Skills, lists of allowed vehicles and capacity are not looked at.
    """
    begin, end = departure(problem, vehicle), last_return(problem, vehicle)
    if begin is None or end is None:
        return None
    places = (vehicle.start, *stop_ids, vehicle.end)
    journeys, ready = _forwards(problem, travel, vehicle, stop_ids, begin, full)
    if not stop_ids:
        journeys = []
    elif len(journeys) < len(places) - 1 or journeys[-1].arrives_at > end:
        return None
    due = _backwards(problem, travel, vehicle, stop_ids, end, full)
    return Timeline(
        vehicle=vehicle,
        places=places,
        ready=tuple(ready),
        due=tuple(due),
        journeys=tuple(journeys),
        on_board=_loads(problem, stop_ids),
    )


def has_room(line: Timeline, gap: int, stop: Stop) -> bool:
    """Return whether a stop's load fits when it stands between two neighbours.

    A drop-off burdens the route up to the gap, a pick-up from the gap on.
    """
    burdened = line.on_board[: gap + 1] if stop.kind is StopKind.DROPOFF else line.on_board[gap:]
    return all(
        limit is None or max(loads) + amount <= limit
        for limit, amount, loads in zip(
            line.vehicle.capacity, stop.load, zip(*burdened, strict=True), strict=True
        )
    )


def cost_of(
    problem: Problem, travel: Travel, line: Timeline, full: frozenset[SailingId] = NOTHING_FULL
) -> Money:
    """Return what a route costs when it returns as early as it can and leaves as late as that allows.

    Hours are the only part that another schedule of the same order may make cheaper.
    """
    if not line.journeys:
        return Money(0.0)
    vehicle, costs = line.vehicle, line.vehicle.costs
    home = first_within(problem.hours(vehicle.end), line.journeys[-1].arrives_at)
    returns = line.due[-1] if home is None else home
    due = _backwards(problem, travel, vehicle, line.stop_ids, returns, full)
    first = latest(travel, vehicle.conveyance, (line.places[0], line.places[1]), due[0], full)
    leaves = line.ready[0] if first is None else min(first.departs_at, vehicle.shift.end)
    leaves = last_within(problem.hours(vehicle.start), leaves) or line.ready[0]
    driven = costs.of_distance(Meters(sum(journey.meters for journey in line.journeys)))
    fares = sum(fare_of(journey) for journey in line.journeys)
    return Money(costs.fixed + driven + fares + costs.of_time(Seconds(returns - leaves)))


def departure(problem: Problem, vehicle: Vehicle) -> Instant | None:
    """Return the earliest departure that shift and start depot allow, or ``None`` where there is none."""
    opening = first_within(problem.hours(vehicle.start), vehicle.shift.start)
    return opening if opening is not None and opening <= vehicle.shift.end else None


def last_return(problem: Problem, vehicle: Vehicle) -> Instant | None:
    """Return the latest return that shift and end depot allow, or ``None`` where there is none."""
    closing = last_within(problem.hours(vehicle.end), vehicle.shift.end)
    return closing if closing is not None and closing >= vehicle.shift.start else None


def first_within(windows: Sequence[TimeWindow], instant: Instant) -> Instant | None:
    """Return the first instant from then on that lies in a window; without windows every instant does."""
    if not windows:
        return instant
    return next((max(window.start, instant) for window in windows if window.end >= instant), None)


def last_within(windows: Sequence[TimeWindow], instant: Instant) -> Instant | None:
    """Return the last instant until then that lies in a window; without windows every instant does."""
    if not windows:
        return instant
    return next((min(w.end, instant) for w in reversed(windows) if w.start <= instant), None)


def _forwards(
    problem: Problem,
    travel: Travel,
    vehicle: Vehicle,
    stop_ids: Sequence[StopId],
    begin: Instant,
    full: frozenset[SailingId],
) -> tuple[list[Journey], list[Instant]]:
    journeys: list[Journey] = []
    ready = [begin]
    for leg in pairwise((vehicle.start, *stop_ids, vehicle.end)):
        journey = earliest(travel, vehicle.conveyance, leg, ready[-1], full)
        if journey is None:
            break
        journeys.append(journey)
        if len(journeys) > len(stop_ids):
            break
        stop = problem.stop(stop_ids[len(journeys) - 1])
        starts = first_within(stop.windows, journey.arrives_at)
        if starts is None:
            break
        ready.append(Instant(starts + stop.service))
    return journeys, ready


def _backwards(
    problem: Problem,
    travel: Travel,
    vehicle: Vehicle,
    stop_ids: Sequence[StopId],
    end: Instant,
    full: frozenset[SailingId],
) -> list[Instant]:
    """Return the latest arrivals of an order that is known to be possible."""
    due = [end]
    destination: PlaceId | None = vehicle.end
    for origin in reversed(stop_ids):
        journey = latest(travel, vehicle.conveyance, (origin, destination), due[-1], full)
        stop = problem.stop(origin)
        starts = (
            None if journey is None else last_within(stop.windows, Instant(journey.departs_at - stop.service))
        )
        if starts is None:
            raise AssertionError(f"{vehicle.id} reaches {origin} in time but may not arrive there at all")
        due.append(starts)
        destination = origin
    return due[::-1]


def _loads(problem: Problem, stop_ids: Sequence[StopId]) -> tuple[tuple[int, ...], ...]:
    stops = [problem.stop(stop_id) for stop_id in stop_ids]
    dropped = [stop.load for stop in stops if stop.kind is StopKind.DROPOFF]
    load = [sum(amounts) for amounts in zip(*dropped, strict=True)] or [0] * len(problem.dimensions)
    on_board = [tuple(load)]
    for stop in stops:
        sign = -1 if stop.kind is StopKind.DROPOFF else 1
        load = [have + sign * amount for have, amount in zip(load, stop.load, strict=True)]
        on_board.append(tuple(load))
    return tuple(on_board)

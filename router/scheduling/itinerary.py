"""An order turned into tasks: the road to each, when it may begin, and when the vehicle is free again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from router.domain.ferries import Sailing
from router.domain.fleet import Break, Vehicle
from router.domain.ids import PlaceId
from router.domain.places import TimeWindow
from router.domain.problem import Problem
from router.domain.proposal import Action, Boarding, RouteProposal, Visit
from router.domain.units import Instant, Meters, Money, Seconds
from router.errors import SchedulingError
from router.scheduling.rests import due_before
from router.scheduling.trips import Trip, trips
from router.travel.matrix import Drive
from router.travel.travel import Travel


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something done at a place: a stop served, a ferry boarded, a load taken, the return to the depot.

    Attributes:
        place: Where it is done.
        drive: Road time from where the task before left the vehicle.
        distance: Road metres from there.
        windows: When it may begin, sorted and apart; none: never.
        stay: How long after its begin the vehicle is free again.
        leaves_from: The vehicle is not free before: the ferry rolls off, the next load is ready.
        sailing: What is boarded.
        fare: What it costs.
    """

    place: PlaceId
    drive: Seconds
    distance: Meters
    windows: tuple[TimeWindow, ...]
    stay: Seconds = Seconds(0)
    leaves_from: Instant | None = None
    sailing: Sailing | None = None
    fare: Money = Money(0.0)

    def free_at(self, begins_at: Instant) -> Instant:
        """Return when the vehicle is free again."""
        done = Instant(begins_at + self.stay)
        return done if self.leaves_from is None else max(done, self.leaves_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class Itinerary:
    """All that bears on the times of one route.

    Attributes:
        start: Where it begins: the start depot, or the first stop of a vehicle that starts anywhere.
        trips: What is loaded for and delivered between each two visits of the depot.
        departures: When the vehicle may leave its start depot with its first load, sorted and apart.
        tasks: One per action of the order, then the return.
        breaks: Those of the vehicle that may be due, in the order of their windows.
    """

    vehicle: Vehicle
    start: PlaceId
    trips: tuple[Trip, ...]
    departures: tuple[TimeWindow, ...]
    tasks: tuple[Task, ...]
    breaks: tuple[Break, ...]


def itinerary(problem: Problem, travel: Travel, order: RouteProposal) -> Itinerary:
    """Return the tasks of an order.

    Raises:
        SchedulingError: it needs a road or a sailing that there is not, or has a trip that serves nothing.
    """
    vehicle = problem.vehicle(order.vehicle_id)
    by_trip = trips(problem, order.actions)
    if not all(trip.stops for trip in by_trip):
        raise SchedulingError(f"vehicle {vehicle.id} is used but serves no stop on one of its trips")
    start: PlaceId = by_trip[0].stops[0].id if vehicle.start is None else vehicle.start
    end: PlaceId = by_trip[-1].stops[-1].id if vehicle.end is None else vehicle.end
    if vehicle.start is None and len(by_trip) > 1:
        raise SchedulingError(f"vehicle {vehicle.id} has no start depot to load again at")
    return Itinerary(
        vehicle=vehicle,
        start=start,
        trips=by_trip,
        departures=_departures(problem, vehicle, by_trip[0]),
        tasks=tuple(_tasks(problem, travel, vehicle, (start, end), order.actions, by_trip[1:])),
        breaks=tuple(pause for pause in vehicle.breaks if _may_be_due(pause, vehicle.shift)),
    )


def _departures(problem: Problem, vehicle: Vehicle, trip: Trip) -> tuple[TimeWindow, ...]:
    opened = _within(vehicle.shift, problem.hours(vehicle.start))
    ready = vehicle.shift.start if trip.ready_at is None else trip.ready_at
    return tuple(TimeWindow(max(w.start, ready), w.end) for w in opened if w.end >= ready)


def _may_be_due(pause: Break, shift: TimeWindow) -> bool:
    """Return whether any departure and return within the shift make the break due."""
    return shift.start < due_before(pause) and pause.window.end < shift.end


def _tasks(
    problem: Problem,
    travel: Travel,
    vehicle: Vehicle,
    ends: tuple[PlaceId, PlaceId],
    actions: Sequence[Action],
    later: Sequence[Trip],
) -> Iterator[Task]:
    start, end = ends
    here = start
    to_come = iter(later)
    for action in actions:
        if isinstance(action, Visit):
            yield _service(problem, vehicle, action, _road(travel, vehicle, here, action.stop_id))
            here = action.stop_id
        elif isinstance(action, Boarding):
            line = problem.timetable.line(problem.timetable.sailing(action.sailing_id).line_id)
            yield _boarding(problem, vehicle, action, _road(travel, vehicle, here, line.from_port))
            here = line.to_port
        else:
            depot = start if vehicle.loads_at is None else vehicle.loads_at
            yield _reload(problem, vehicle, depot, next(to_come), _road(travel, vehicle, here, depot))
            here = depot
    yield _return(problem, vehicle, end, _road(travel, vehicle, here, end))


def _service(problem: Problem, vehicle: Vehicle, visit: Visit, road: Drive) -> Task:
    stop = problem.stop(visit.stop_id)
    return Task(
        place=stop.id,
        drive=road.seconds,
        distance=road.meters,
        windows=_within(vehicle.shift, stop.windows),
        stay=stop.service,
    )


def _boarding(problem: Problem, vehicle: Vehicle, boarding: Boarding, road: Drive) -> Task:
    sailing = problem.timetable.sailing(boarding.sailing_id)
    line = problem.timetable.line(sailing.line_id)
    fare = line.fare(vehicle.conveyance.ferry_class)
    if sailing.cancelled or fare is None or sailing.id in vehicle.conveyance.barred:
        raise SchedulingError(f"sailing {sailing.id} does not carry vehicle {vehicle.id}")
    opens = min(vehicle.shift.start, sailing.check_in_by)
    return Task(
        place=line.from_port,
        drive=road.seconds,
        distance=road.meters,
        windows=_within(vehicle.shift, [TimeWindow(opens, sailing.check_in_by)]),
        leaves_from=sailing.rolls_off_at,
        sailing=sailing,
        fare=fare,
    )


def _reload(problem: Problem, vehicle: Vehicle, depot: PlaceId, trip: Trip, road: Drive) -> Task:
    return Task(
        place=depot,
        drive=road.seconds,
        distance=road.meters,
        windows=_within(vehicle.shift, problem.hours(vehicle.loads_at)),
        stay=vehicle.reload,
        leaves_from=trip.ready_at,
    )


def _return(problem: Problem, vehicle: Vehicle, end: PlaceId, road: Drive) -> Task:
    windows = _within(vehicle.shift, problem.hours(vehicle.end))
    return Task(place=end, drive=road.seconds, distance=road.meters, windows=windows)


def _road(travel: Travel, vehicle: Vehicle, origin: PlaceId, destination: PlaceId) -> Drive:
    road = travel.drive(vehicle.profile, origin, destination)
    if road is None:
        raise SchedulingError(f"there is no road from {origin} to {destination} for vehicle {vehicle.id}")
    return road


def _within(shift: TimeWindow, windows: Sequence[TimeWindow]) -> tuple[TimeWindow, ...]:
    """Return the parts of the windows that lie in the shift; no windows at all mean all of it."""
    if not windows:
        return (shift,)
    return tuple(_cut(window, shift) for window in windows if _meet(window, shift))


def _meet(window: TimeWindow, shift: TimeWindow) -> bool:
    return window.start <= shift.end and window.end >= shift.start


def _cut(window: TimeWindow, shift: TimeWindow) -> TimeWindow:
    if shift.start <= window.start and window.end <= shift.end:
        return window
    return TimeWindow(max(shift.start, window.start), min(shift.end, window.end))

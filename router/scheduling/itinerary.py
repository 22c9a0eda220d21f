"""An order turned into tasks: the road to each, when it may begin, and when the vehicle is free again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from router.domain.fleet import Vehicle
from router.domain.ids import PlaceId
from router.domain.places import TimeWindow
from router.domain.problem import Problem
from router.domain.proposal import Boarding, RouteProposal, Visit
from router.domain.units import Instant, Meters, Money, Seconds
from router.errors import SchedulingError
from router.travel.matrix import Drive
from router.travel.travel import Travel


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something done at a place: a stop served, a ferry boarded, the return to the depot.

    Attributes:
        place: Where it is done.
        drive: Road time from where the task before left the vehicle.
        distance: Road metres from there.
        windows: When it may begin, sorted and apart; none: never.
        stay: How long after its begin the vehicle is free again.
        leaves_at: The instant when it is free again, where that does not hang on the begin: off a ferry.
        fare: What it costs.
    """

    place: PlaceId
    drive: Seconds
    distance: Meters
    windows: tuple[TimeWindow, ...]
    stay: Seconds = Seconds(0)
    leaves_at: Instant | None = None
    fare: Money = Money(0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Itinerary:
    """All that bears on the times of one route.

    Attributes:
        departures: When the vehicle may leave its start depot, sorted and apart.
        tasks: One per action of the order, then the return.
    """

    vehicle: Vehicle
    departures: tuple[TimeWindow, ...]
    tasks: tuple[Task, ...]

    @property
    def boards(self) -> bool:
        """Whether a ferry fixes the times of the later part."""
        return any(task.leaves_at is not None for task in self.tasks)


def itinerary(problem: Problem, travel: Travel, order: RouteProposal) -> Itinerary:
    """Return the tasks of an order.

    Raises:
        SchedulingError: it needs a road or a sailing that there is not, or serves nothing.
    """
    vehicle = problem.vehicle(order.vehicle_id)
    if not order.stop_ids():
        raise SchedulingError(f"vehicle {vehicle.id} is used but serves no stop")
    return Itinerary(
        vehicle=vehicle,
        departures=_within(vehicle.shift, problem.depot(vehicle.start).windows),
        tasks=tuple(_tasks(problem, travel, vehicle, order.actions)),
    )


def _tasks(
    problem: Problem, travel: Travel, vehicle: Vehicle, actions: Sequence[Visit | Boarding]
) -> Iterator[Task]:
    here: PlaceId = vehicle.start
    for action in actions:
        if isinstance(action, Visit):
            yield _service(problem, vehicle, action, _road(travel, vehicle, here, action.stop_id))
            here = action.stop_id
        else:
            line = problem.timetable.line(problem.timetable.sailing(action.sailing_id).line_id)
            yield _boarding(problem, vehicle, action, _road(travel, vehicle, here, line.from_port))
            here = line.to_port
    road = _road(travel, vehicle, here, vehicle.end)
    windows = _within(vehicle.shift, problem.depot(vehicle.end).windows)
    yield Task(place=vehicle.end, drive=road.seconds, distance=road.meters, windows=windows)


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
    if sailing.cancelled or fare is None:
        raise SchedulingError(f"sailing {sailing.id} does not carry vehicle {vehicle.id}")
    opens = min(vehicle.shift.start, sailing.check_in_by)
    return Task(
        place=line.from_port,
        drive=road.seconds,
        distance=road.meters,
        windows=_within(vehicle.shift, [TimeWindow(opens, sailing.check_in_by)]),
        leaves_at=sailing.rolls_off_at,
        fare=fare,
    )


def _road(travel: Travel, vehicle: Vehicle, origin: PlaceId, destination: PlaceId) -> Drive:
    road = travel.drive(vehicle.profile, origin, destination)
    if road is None:
        raise SchedulingError(f"there is no road from {origin} to {destination} for vehicle {vehicle.id}")
    return road


def _within(shift: TimeWindow, windows: Iterable[TimeWindow]) -> tuple[TimeWindow, ...]:
    """Return the parts of the windows that lie in the shift; no windows at all mean all of it."""
    clipped = (
        (max(shift.start, window.start), min(shift.end, window.end))
        for window in (tuple(windows) or (shift,))
    )
    return tuple(TimeWindow(start, end) for start, end in clipped if start <= end)

"""One plain simulation: leave at this instant, and begin every task and rest as early as it may begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from router.domain.ids import BreakId
from router.domain.units import Instant, Seconds
from router.errors import SchedulingError
from router.scheduling.itinerary import Itinerary, Task
from router.scheduling.rests import Rest, Rested


@dataclass(frozen=True, slots=True, kw_only=True)
class RestTimes:
    """When a break begins and ends."""

    break_id: BreakId
    starts_at: Instant
    ends_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTimes:
    """When the vehicle is at a task, begins it, and is free again.

    Attributes:
        rests_before: Breaks since the task before, on the road to this one or at its place.
        rests_aboard: Breaks on the ship that the task boards.
    """

    arrives_at: Instant
    begins_at: Instant
    leaves_at: Instant
    rests_before: tuple[RestTimes, ...] = ()
    rests_aboard: tuple[RestTimes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTimes:
    """The times of a route, one per task of the itinerary; the last begins when the vehicle is back."""

    departs_at: Instant
    tasks: tuple[TaskTimes, ...]

    @property
    def returns_at(self) -> Instant:
        """When the vehicle is back at its depot, and let in."""
        return self.tasks[-1].begins_at

    @property
    def duration(self) -> Seconds:
        """How long the vehicle is out."""
        return Seconds(self.returns_at - self.departs_at)


def follow(itinerary: Itinerary, departs_at: Instant, last_rest: Rest | None = None) -> RouteTimes:
    """Return the times of the route when it leaves at ``departs_at`` and rests where it is told.

    Raises:
        SchedulingError: a task is reached when it may no longer begin.
    """
    in_order = () if last_rest is None else last_rest.in_order()
    rests = {index: list(some) for index, some in groupby(in_order, key=lambda rest: rest.task)}
    clock = departs_at
    times: list[TaskTimes] = []
    for index, task in enumerate(itinerary.tasks):
        if index in rests:
            times.append(_with_rests(itinerary, task, clock, rests[index]))
        else:
            arrives = Instant(clock + task.drive)
            begins = _begin(itinerary, task, arrives)
            times.append(TaskTimes(arrives_at=arrives, begins_at=begins, leaves_at=task.free_at(begins)))
        clock = times[-1].leaves_at
    return RouteTimes(departs_at=departs_at, tasks=tuple(times))


def _with_rests(itinerary: Itinerary, task: Task, leaves: Instant, rests: Sequence[Rest]) -> TaskTimes:
    def rested(where: Rested, clock: Instant) -> tuple[RestTimes, ...]:
        return _one_after_another([rest for rest in rests if rest.where is where], clock)

    at_the_place_before = rested(Rested.BEFORE_THE_ROAD, leaves)
    arrives = Instant(_end(at_the_place_before, leaves) + task.drive)
    on_arrival = rested(Rested.ON_ARRIVAL, arrives)
    begins = _begin(itinerary, task, _end(on_arrival, arrives))
    return TaskTimes(
        arrives_at=arrives,
        begins_at=begins,
        leaves_at=task.free_at(begins),
        rests_before=(*at_the_place_before, *on_arrival),
        rests_aboard=() if task.sailing is None else rested(Rested.ABOARD, task.sailing.departs),
    )


def _one_after_another(rests: Sequence[Rest], clock: Instant) -> tuple[RestTimes, ...]:
    times: list[RestTimes] = []
    for rest in rests:
        starts = max(_end(times, clock), rest.pause.window.start)
        ends = Instant(starts + rest.pause.duration)
        times.append(RestTimes(break_id=rest.pause.id, starts_at=starts, ends_at=ends))
    return tuple(times)


def _end(rests: Sequence[RestTimes], clock: Instant) -> Instant:
    return rests[-1].ends_at if rests else clock


def _begin(itinerary: Itinerary, task: Task, ready: Instant) -> Instant:
    """Return the first instant in a window of the task, for a vehicle that is ready for it."""
    for window in task.windows:
        if ready <= window.end:
            return max(ready, window.start)
    vehicle = itinerary.vehicle.id
    if not task.windows:
        raise SchedulingError(f"nothing may begin at {task.place} during the shift of vehicle {vehicle}")
    late = ready - task.windows[-1].end
    raise SchedulingError(f"vehicle {vehicle} comes to {task.place} {late} s after it may last begin there")

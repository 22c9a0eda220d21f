"""One plain simulation: leave at this instant, and begin every task as early as it may begin."""

from dataclasses import dataclass

from router.domain.places import TimeWindow
from router.domain.units import Instant, Seconds
from router.errors import SchedulingError
from router.scheduling.itinerary import Itinerary, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTimes:
    """When the vehicle is at a task, begins it, and is free again."""

    arrives_at: Instant
    begins_at: Instant
    leaves_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTimes:
    """The times of a route.

    Attributes:
        tasks: One per task of the itinerary; the last begins when the vehicle is back.
        idle: Time spent waiting for windows before the first boarding.
        slack: How much later it could leave and still be back at the same instant, with every task in the
            same window.
    """

    departs_at: Instant
    tasks: tuple[TaskTimes, ...]
    idle: Seconds
    slack: Seconds

    @property
    def returns_at(self) -> Instant:
        """When the vehicle is back at its depot, and let in."""
        return self.tasks[-1].begins_at

    @property
    def duration(self) -> Seconds:
        """How long the vehicle is out."""
        return Seconds(self.returns_at - self.departs_at)


def follow(itinerary: Itinerary, departs_at: Instant) -> RouteTimes:
    """Return the times of the route when it leaves at ``departs_at``.

    The slack is the forward time slack of Savelsbergh (ORSA Journal on Computing 4, 1992): a delay is
    absorbed by the waiting on the way, up to where it pushes a task out of its window. On a ferry every
    delay ends.

    Raises:
        SchedulingError: a task is reached when it may no longer begin.
    """
    clock, idle, aboard = departs_at, 0, False
    slack = itinerary.vehicle.shift.end - departs_at
    times: list[TaskTimes] = []
    for task in itinerary.tasks:
        arrives = Instant(clock + task.drive)
        window = _window(itinerary, task, arrives)
        begins = max(arrives, window.start)
        if not aboard:
            idle += begins - arrives
            slack = min(slack, idle + window.end - begins)
        aboard = aboard or task.leaves_at is not None
        clock = Instant(begins + task.stay) if task.leaves_at is None else task.leaves_at
        times.append(TaskTimes(arrives_at=arrives, begins_at=begins, leaves_at=clock))
    slack = slack if aboard else min(slack, idle)
    return RouteTimes(departs_at=departs_at, tasks=tuple(times), idle=Seconds(idle), slack=Seconds(slack))


def _window(itinerary: Itinerary, task: Task, arrives: Instant) -> TimeWindow:
    """Return the first window that has not closed on arrival."""
    for window in task.windows:
        if arrives <= window.end:
            return window
    vehicle = itinerary.vehicle.id
    if not task.windows:
        raise SchedulingError(f"nothing may begin at {task.place} during the shift of vehicle {vehicle}")
    late = arrives - task.windows[-1].end
    raise SchedulingError(f"vehicle {vehicle} comes to {task.place} {late} s after it may last begin there")

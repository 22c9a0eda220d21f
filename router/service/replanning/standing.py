"""Where every vehicle is at an instant, by the plan that it has followed until then.

What has begun is finished: the service of a stop, loading, a break, a sailing that has cast off or that the vehicle
has checked in for. A vehicle on the road drives on to where it was driving to; what it does there, and whether it
does anything there, is open.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from router.domain.ids import PlaceId
from router.domain.plan import BreakStep, EndStep, FerryStep, ReloadStep, Route, StartStep, Step, StopStep
from router.domain.problem import Problem
from router.domain.units import Instant, Meters, Seconds
from router.service.replanning.steps import Reached, leaves_at, place_after, place_before
from router.travel.matrix import Drive

STANDING_STILL = Drive(Seconds(0), Meters(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A vehicle that has left.

    Attributes:
        done: The steps that stay as they are, from the start on.
        place: Where it is free to do something else.
        free_at: When it is.
        driven: The road to that place from where the last of ``done`` left it; nothing where it stands there.
        arrived_at: When it is at ``place``, for a vehicle on the road.
        is_over: Whether its day is over: it is back.
    """

    done: tuple[Step, ...]
    place: PlaceId
    free_at: Instant
    driven: Drive = STANDING_STILL
    arrived_at: Instant | None = None
    is_over: bool = False

    @property
    def trip(self) -> int:
        """The number of the trip that it is on; the first is 0."""
        return sum(isinstance(step, ReloadStep) for step in self.done)


def standing(problem: Problem, route: Route, at: Instant, *, goes_on: bool = True) -> Standing | None:
    """Return where the vehicle of a route is; ``None`` where it has not left by then.

    One that does not go on leaves the line for a sailing that has not cast off.
    """
    steps = _own_steps(problem, route)
    begun = _begun(problem, steps, at, boards=goes_on)
    if begun == 0:
        return None
    done = steps[:begun]
    last = next(step for step in reversed(done) if not isinstance(step, BreakStep))
    if isinstance(last, EndStep):
        return Standing(done=done, place=last.place, free_at=last.arrives_at, is_over=True)
    rested = [step.ends_at for step in done[done.index(last) + 1 :] if isinstance(step, BreakStep)]
    free_at = max(leaves_at(last), at, *rested)
    following = next((step for step in steps[begun:] if not isinstance(step, BreakStep)), None)
    if following is None or isinstance(following, StartStep):
        return Standing(done=done, place=place_after(last), free_at=free_at)
    drove_off_at = _drove_off_at(last, steps[done.index(last) + 1 :], following)
    if drove_off_at >= at:
        return Standing(done=done, place=place_after(last), free_at=free_at)
    return Standing(
        done=done,
        place=place_before(following),
        free_at=max(free_at, following.arrives_at),
        driven=Drive(following.drive, following.distance),
        arrived_at=following.arrives_at,
    )


def _own_steps(problem: Problem, route: Route) -> tuple[Step, ...]:
    """Return the steps without the end of a vehicle that did not come home: it still stands where it was left."""
    last, end = route.steps[-1], problem.vehicle(route.vehicle_id).end
    elsewhere = isinstance(last, EndStep) and end is not None and last.place != end
    return route.steps[:-1] if elsewhere else route.steps


def _begun(problem: Problem, steps: Sequence[Step], at: Instant, *, boards: bool) -> int:
    """Return how many of the steps are past or cannot be left any more."""
    begun = next((i for i, step in enumerate(steps) if not _has_begun(step, at)), len(steps))
    if boards and 0 < begun < len(steps) and _is_checked_in(problem, steps[begun], at):
        begun += 1
    while 0 < begun < len(steps) and _is_aboard(steps[begun]):
        begun += 1
    return begun


def _has_begun(step: Step, at: Instant) -> bool:
    match step:
        case StartStep() | FerryStep():
            return step.departs_at < at
        case StopStep() | ReloadStep() | BreakStep():
            return step.starts_at < at
        case EndStep():
            return step.arrives_at < at


def _is_checked_in(problem: Problem, step: Step, at: Instant) -> bool:
    """Return whether the vehicle stands in line for a sailing that goes as it was planned."""
    if not isinstance(step, FerryStep) or step.check_in_by >= at:
        return False
    sailing = problem.timetable.sailing(step.sailing_id)
    return not sailing.cancelled and sailing.departs == step.departs_at


def _is_aboard(step: Step) -> bool:
    return isinstance(step, BreakStep) and step.aboard is not None


def _drove_off_at(last: Step, between: Sequence[Step], following: Reached) -> Instant:
    """Return when it left for the following step: as late as it can have been, to be there when it was."""
    chances = [leaves_at(last), *(step.ends_at for step in _breaks_before(between, following))]
    return max((t for t in chances if t + following.drive <= following.arrives_at), default=chances[0])


def _breaks_before(steps: Sequence[Step], following: Step) -> Iterator[BreakStep]:
    for step in steps:
        if step is following:
            return
        if isinstance(step, BreakStep) and step.aboard is None:
            yield step

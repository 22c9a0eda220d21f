"""What a step means for its vehicle: where it is, and when the step begins and is over."""

from collections.abc import Iterator
from dataclasses import dataclass

from router.domain.ids import PlaceId
from router.domain.plan import BreakStep, EndStep, FerryStep, ReloadStep, Route, StartStep, Step, StopStep
from router.domain.units import Instant

Reached = StopStep | FerryStep | ReloadStep | EndStep
"""A step at a place that the vehicle drives to."""

Placed = StartStep | Reached
"""A step that has a place of its own: every one but a break, which is taken wherever the vehicle is."""


@dataclass(frozen=True, slots=True)
class Trip:
    """The steps from one loading to the next; ``index`` is that of the first of them in the route."""

    index: int
    steps: tuple[Step, ...]

    def numbered(self) -> Iterator[tuple[int, Step]]:
        """Yield each step with its index in the route."""
        return enumerate(self.steps, start=self.index)

    @property
    def leaves_at(self) -> Instant | None:
        """When it leaves the depot, or ``None`` where it does not begin at one."""
        first = self.steps[0] if self.steps else None
        return first.departs_at if isinstance(first, StartStep | ReloadStep) else None


def trips_of(route: Route) -> list[Trip]:
    """Return the trips of a route, at least one: each reload begins another."""
    begins = [0, *(i for i, step in enumerate(route.steps) if isinstance(step, ReloadStep))]
    ends = [*begins[1:], len(route.steps)]
    return [Trip(begin, route.steps[begin:end]) for begin, end in zip(begins, ends, strict=True)]


def place_before(step: Placed) -> PlaceId:
    """Return where a vehicle must be for the step to begin."""
    match step:
        case StopStep():
            return step.stop_id
        case FerryStep():
            return step.from_port
        case StartStep() | ReloadStep() | EndStep():
            return step.place


def place_after(step: Placed) -> PlaceId:
    """Return where the step leaves the vehicle."""
    return step.to_port if isinstance(step, FerryStep) else place_before(step)


def arrives_at(step: Step) -> Instant:
    """Return when the step begins: a start has nothing before its departure, and nobody drives to a break."""
    match step:
        case StartStep():
            return step.departs_at
        case BreakStep():
            return step.starts_at
        case _:
            return step.arrives_at


def leaves_at(step: Step) -> Instant:
    """Return when the step is over and the vehicle may drive on."""
    match step:
        case StartStep() | StopStep() | ReloadStep():
            return step.departs_at
        case FerryStep():
            return step.rolls_off_at
        case BreakStep():
            return step.ends_at
        case EndStep():
            return step.arrives_at


def ready_by(step: Reached) -> Instant:
    """Return when the vehicle must be there and its driver rested."""
    match step:
        case StopStep() | ReloadStep():
            return step.starts_at
        case FerryStep():
            return step.check_in_by
        case EndStep():
            return step.arrives_at

"""Where and when a step leaves its vehicle."""

from router.domain.ids import PlaceId
from router.domain.plan import BreakStep, EndStep, FerryStep, ReloadStep, StartStep, Step, StopStep
from router.domain.units import Instant

Reached = StopStep | FerryStep | ReloadStep | EndStep
"""A step at a place that the vehicle drives to."""

Placed = StartStep | Reached
"""Every step but a break, which is taken wherever the vehicle is."""


def leaves_at(step: Step) -> Instant:
    """Return when the vehicle is free again."""
    match step:
        case StartStep() | StopStep() | ReloadStep():
            return step.departs_at
        case FerryStep():
            return step.rolls_off_at
        case BreakStep():
            return step.ends_at
        case EndStep():
            return step.arrives_at


def place_before(step: Placed) -> PlaceId:
    """Return where a vehicle must be for the step."""
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

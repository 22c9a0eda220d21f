"""A route as legs: from place to place, by road or aboard."""

from collections.abc import Iterator
from dataclasses import dataclass

from router.domain.ids import PlaceId
from router.domain.plan import BreakStep, EndStep, FerryStep, ReloadStep, Route, StartStep, StopStep
from router.domain.units import Instant, Meters


@dataclass(frozen=True, slots=True, kw_only=True)
class DriveLeg:
    """A drive from place to place; what the driver rests or waits before it belongs to the place."""

    from_place: PlaceId
    to_place: PlaceId
    departs_at: Instant
    arrives_at: Instant
    distance: Meters


@dataclass(frozen=True, slots=True, kw_only=True)
class FerryLeg:
    """A crossing, from casting off to docking."""

    step: FerryStep

    @property
    def from_place(self) -> PlaceId:
        """The port of departure."""
        return self.step.from_port

    @property
    def to_place(self) -> PlaceId:
        """The port of arrival."""
        return self.step.to_port

    @property
    def departs_at(self) -> Instant:
        """When it casts off."""
        return self.step.departs_at

    @property
    def arrives_at(self) -> Instant:
        """When it docks."""
        return self.step.docks_at


Leg = DriveLeg | FerryLeg


def legs_of(route: Route) -> Iterator[Leg]:
    """Yield the legs in order. Where a step is at the place of the one before, there is no drive."""
    here: PlaceId | None = None
    for step in route.steps:
        match step:
            case StartStep():
                here = step.place
            case FerryStep():
                yield from _drive(here, step.from_port, step)
                yield FerryLeg(step=step)
                here = step.to_port
            case StopStep():
                yield from _drive(here, step.stop_id, step)
                here = step.stop_id
            case ReloadStep() | EndStep():
                yield from _drive(here, step.place, step)
                here = step.place
            case BreakStep():
                pass


def _drive(
    here: PlaceId | None, there: PlaceId, step: FerryStep | StopStep | ReloadStep | EndStep
) -> Iterator[DriveLeg]:
    if here is not None and here != there:
        departs_at = Instant(step.arrives_at - step.drive)
        yield DriveLeg(
            from_place=here,
            to_place=there,
            departs_at=departs_at,
            arrives_at=step.arrives_at,
            distance=step.distance,
        )

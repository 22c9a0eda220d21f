"""Where a vehicle was when its day was planned anew, read from the plan that was followed until then."""

from dataclasses import dataclass

from router.checking.steps import Placed, arrives_at, leaves_at, place_after, place_before
from router.domain.fleet import Vehicle
from router.domain.ids import PlaceId
from router.domain.plan import BreakStep, EndStep, FerryStep, ReloadStep, Route, StartStep, Step, StopStep
from router.domain.replans import History
from router.domain.units import Instant, Meters, Seconds
from router.travel.matrix import Drive

NOT_ON_THE_ROAD = Drive(Seconds(0), Meters(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """A vehicle that had left by then.

    Attributes:
        past: How many of its steps had begun.
        place: Where it is free to do something else: where it was, or where it was driving to.
        free_at: When it is.
        driven: The road to ``place``, where it was on the road.
        arrived_at: When it is at ``place``, where it was on the road.
        goes_on: Whether it was neither dropped nor back.
    """

    past: int
    place: PlaceId
    free_at: Instant
    driven: Drive = NOT_ON_THE_ROAD
    arrived_at: Instant | None = None
    goes_on: bool = True


def under_way(history: History, vehicle: Vehicle) -> UnderWay | None:
    """Return where the vehicle was at ``history.at``; ``None`` where it had not left.

    A vehicle on the road drives on to where it was driving to. It counts as on the road from when it left the step
    before, or a break after that: as late as it can have been to arrive when it did.
    """
    route = next((r for r in history.before.routes if r.vehicle_id == vehicle.id), None)
    steps = () if route is None else _without_false_end(route, vehicle)
    past = next((i for i, step in enumerate(steps) if not has_begun(step, history.at)), len(steps))
    placed = [step for step in steps[:past] if not isinstance(step, BreakStep)]
    if not placed:
        return None
    last = placed[-1]
    behind = steps[steps.index(last) + 1 :]
    rested = [s.ends_at for s in steps[steps.index(last) + 1 : past] if isinstance(s, BreakStep)]
    free_at = max(leaves_at(last), history.at, *rested)
    goes_on = not isinstance(last, EndStep) and vehicle.id not in history.dropped
    ahead = next((step for step in steps[past:] if not isinstance(step, BreakStep)), None)
    stands = UnderWay(past=past, place=place_after(last), free_at=free_at, goes_on=goes_on)
    if ahead is None or isinstance(ahead, StartStep) or _left_at(last, behind, ahead) >= history.at:
        return stands
    return UnderWay(
        past=past,
        place=place_before(ahead),
        free_at=max(free_at, ahead.arrives_at),
        driven=Drive(ahead.drive, ahead.distance),
        arrived_at=ahead.arrives_at,
        goes_on=goes_on,
    )


def has_begun(step: Step, at: Instant) -> bool:
    """Return whether a step began before an instant: driving to it is not yet its begin."""
    match step:
        case StopStep() | ReloadStep():
            return step.starts_at < at
        case FerryStep():
            return step.departs_at < at
        case _:
            return arrives_at(step) < at


def _without_false_end(route: Route, vehicle: Vehicle) -> tuple[Step, ...]:
    """Return the steps of a route; one that ended elsewhere than at the end depot has not ended."""
    last = route.steps[-1] if route.steps else None
    if isinstance(last, EndStep) and vehicle.end is not None and last.place != vehicle.end:
        return route.steps[:-1]
    return route.steps


def _left_at(
    last: Placed, behind: tuple[Step, ...], ahead: StopStep | FerryStep | ReloadStep | EndStep
) -> Instant:
    left = leaves_at(last)
    for step in behind[: behind.index(ahead)]:
        on_land = isinstance(step, BreakStep) and step.aboard is None
        if on_land and leaves_at(step) + ahead.drive <= ahead.arrives_at:
            left = max(left, leaves_at(step))
    return left

"""What follows from the steps of a plan, for programs that do not say it."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from router.domain.fleet import Load, VehicleCosts
from router.domain.ids import StopId, VehicleId
from router.domain.plan import (
    EndStep,
    FerryStep,
    PlanCost,
    PlanTotals,
    Route,
    StartStep,
    Step,
    StopStep,
    Unserved,
)
from router.domain.problem import Problem, StopKind
from router.domain.units import Instant, Meters, Money, Seconds


def loads_on_board(stop_ids: Sequence[str], problem: Problem) -> list[Load]:
    """Return what is on board at the start and after each stop; stops that do not exist weigh nothing."""
    stops = [problem.stop(StopId(name)) if problem.has_stop(name) else None for name in stop_ids]
    empty: Load = (0,) * len(problem.dimensions)
    start = empty
    changes = []
    for stop in stops:
        if stop is None:
            changes.append(empty)
        elif stop.kind is StopKind.DROPOFF:
            start = _sum(start, stop.load)
            changes.append(tuple(-amount for amount in stop.load))
        else:
            changes.append(stop.load)
    return list(accumulate(changes, _sum, initial=start))


def distance_of(steps: Sequence[Step]) -> Meters:
    """Return the metres driven."""
    return Meters(sum(step.distance for step in steps if not isinstance(step, StartStep)))


def duration_of(steps: Sequence[Step]) -> Seconds:
    """Return the seconds from the first departure to the last arrival; none for a route without steps."""
    return Seconds(_ends(steps[-1]) - _begins(steps[0])) if steps else Seconds(0)


def cost_of_route(
    vehicle_id: VehicleId, steps: Sequence[Step], distance: Meters, duration: Seconds, problem: Problem
) -> Money:
    """Return what a route costs; a vehicle that does not exist costs the fares alone."""
    costs = _prices(vehicle_id, problem)
    return Money(costs.fixed + costs.of_distance(distance) + costs.of_time(duration) + sum(_fares(steps)))


def cost_of_plan(routes: Sequence[Route], unserved: Sequence[Unserved], problem: Problem) -> PlanCost:
    """Return the cost of a plan by its parts."""
    priced = [(route, _prices(route.vehicle_id, problem)) for route in routes]
    return PlanCost(
        fixed=Money(sum(costs.fixed for _, costs in priced)),
        distance=Money(sum(costs.of_distance(route.distance) for route, costs in priced)),
        time=Money(sum(costs.of_time(route.duration) for route, costs in priced)),
        fares=Money(sum(fare for route in routes for fare in _fares(route.steps))),
        unserved=Money(sum(entry.penalty or 0.0 for entry in unserved)),
    )


def totals_of(routes: Sequence[Route], unserved: Sequence[Unserved]) -> PlanTotals:
    """Return the counts and sums of a plan."""
    steps = [step for route in routes for step in route.steps]
    stops = [step for step in steps if isinstance(step, StopStep)]
    ferries = [step for step in steps if isinstance(step, FerryStep)]
    driving = sum(step.drive for step in steps if not isinstance(step, StartStep))
    service = sum(stop.departs_at - stop.starts_at for stop in stops)
    ferry = sum(step.rolls_off_at - step.departs_at for step in ferries)
    duration = sum(route.duration for route in routes)
    return PlanTotals(
        served=len(stops),
        unserved=len(unserved),
        vehicles_used=len(routes),
        distance=Meters(sum(route.distance for route in routes)),
        driving=Seconds(driving),
        service=Seconds(service),
        waiting=Seconds(duration - driving - service - ferry),
        ferry=Seconds(ferry),
        duration=Seconds(duration),
        crossings=len(ferries),
    )


def _sum(one: Load, other: Load) -> Load:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _prices(vehicle_id: VehicleId, problem: Problem) -> VehicleCosts:
    return problem.vehicle(vehicle_id).costs if problem.has_vehicle(vehicle_id) else VehicleCosts()


def _fares(steps: Sequence[Step]) -> Iterator[Money]:
    return (step.fare for step in steps if isinstance(step, FerryStep))


def _begins(step: Step) -> Instant:
    return step.departs_at if isinstance(step, StartStep) else step.arrives_at


def _ends(step: Step) -> Instant:
    match step:
        case StartStep() | StopStep():
            return step.departs_at
        case FerryStep():
            return step.rolls_off_at
        case EndStep():
            return step.arrives_at

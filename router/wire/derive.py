"""What follows from the steps of a plan, for programs that do not say it."""

from collections.abc import Iterator, Sequence

from router.domain.fleet import VehicleCosts
from router.domain.ids import VehicleId
from router.domain.plan import (
    BreakStep,
    EndStep,
    FerryStep,
    PlanCost,
    PlanTotals,
    ReloadStep,
    Route,
    StartStep,
    Step,
    StopStep,
    Unserved,
)
from router.domain.problem import Problem
from router.domain.units import Instant, Meters, Money, Seconds


def distance_of(steps: Sequence[Step]) -> Meters:
    """Return the metres driven."""
    return Meters(sum(step.distance for step in steps if not isinstance(step, StartStep | BreakStep)))


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


def totals_of(routes: Sequence[Route], unserved: Sequence[Unserved], problem: Problem) -> PlanTotals:
    """Return the counts and sums of a plan; what is neither drive, service, ferry nor break is waiting."""
    steps = [step for route in routes for step in route.steps]
    ferries = [step for step in steps if isinstance(step, FerryStep)]
    breaks = [step for step in steps if isinstance(step, BreakStep)]
    driving = sum(step.drive for step in steps if not isinstance(step, StartStep | BreakStep))
    service = sum(_service(route, problem) for route in routes)
    resting = sum(map(_rest, breaks))
    sailing = sum(step.rolls_off_at - step.departs_at for step in ferries)
    sailing -= sum(_rest(step) for step in breaks if step.aboard is not None)
    duration = sum(route.duration for route in routes)
    return PlanTotals(
        served=sum(isinstance(step, StopStep) for step in steps),
        unserved=len(unserved),
        vehicles_used=len(routes),
        distance=Meters(sum(route.distance for route in routes)),
        driving=Seconds(driving),
        service=Seconds(service),
        waiting=Seconds(duration - driving - service - sailing - resting),
        ferry=Seconds(sailing),
        breaks=Seconds(resting),
        duration=Seconds(duration),
        crossings=len(ferries),
    )


def _service(route: Route, problem: Problem) -> int:
    """Return the seconds spent serving and loading; what a vehicle stands loaded at its depot is waiting."""
    known = problem.has_vehicle(route.vehicle_id)
    longest = problem.vehicle(route.vehicle_id).reload if known else Seconds(0)
    stops = sum(step.departs_at - step.starts_at for step in route.steps if isinstance(step, StopStep))
    reloads = (step.departs_at - step.starts_at for step in route.steps if isinstance(step, ReloadStep))
    return stops + sum(min(seconds, longest) for seconds in reloads)


def _rest(step: BreakStep) -> int:
    return step.ends_at - step.starts_at


def _prices(vehicle_id: VehicleId, problem: Problem) -> VehicleCosts:
    return problem.vehicle(vehicle_id).costs if problem.has_vehicle(vehicle_id) else VehicleCosts()


def _fares(steps: Sequence[Step]) -> Iterator[Money]:
    return (step.fare for step in steps if isinstance(step, FerryStep))


def _begins(step: Step) -> Instant:
    match step:
        case StartStep():
            return step.departs_at
        case BreakStep():
            return step.starts_at
        case StopStep() | FerryStep() | ReloadStep() | EndStep():
            return step.arrives_at


def _ends(step: Step) -> Instant:
    match step:
        case StartStep() | StopStep() | ReloadStep():
            return step.departs_at
        case FerryStep():
            return step.rolls_off_at
        case BreakStep():
            return step.ends_at
        case EndStep():
            return step.arrives_at

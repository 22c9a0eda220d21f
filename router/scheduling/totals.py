"""What a plan costs and adds up to, from its routes and what is left out."""

from collections.abc import Iterable, Sequence

from router.domain.plan import (
    BreakStep,
    FerryStep,
    PlanCost,
    PlanTotals,
    ReloadStep,
    Route,
    StartStep,
    StopStep,
    Unserved,
)
from router.domain.problem import Problem
from router.domain.units import Meters, Money, Seconds


def cost_of(problem: Problem, routes: Sequence[Route], unserved: Iterable[Unserved]) -> PlanCost:
    """Return the cost of a plan by its parts."""
    priced = [(problem.vehicle(route.vehicle_id).costs, route) for route in routes]
    return PlanCost(
        fixed=Money(sum(costs.fixed for costs, _ in priced)),
        distance=Money(sum(costs.of_distance(route.distance) for costs, route in priced)),
        time=Money(sum(costs.of_time(route.duration) for costs, route in priced)),
        fares=Money(
            sum(step.fare for route in routes for step in route.steps if isinstance(step, FerryStep))
        ),
        unserved=Money(sum(stop.penalty or 0.0 for stop in unserved)),
    )


def totals_of(problem: Problem, routes: Sequence[Route], unserved: Sequence[Unserved]) -> PlanTotals:
    """Return the counts and sums of a plan; waiting is the time left when all else is taken off.

    Loading for another trip is service, and a break aboard is a break, not a crossing.
    """
    steps = [step for route in routes for step in route.steps]
    stops = [step for step in steps if isinstance(step, StopStep)]
    ferries = [step for step in steps if isinstance(step, FerryStep)]
    breaks = [step for step in steps if isinstance(step, BreakStep)]
    driving = sum(step.drive for step in steps if not isinstance(step, (StartStep, BreakStep)))
    service = sum(stop.departs_at - stop.starts_at for stop in stops) + _reloading(problem, routes)
    resting = sum(rest.ends_at - rest.starts_at for rest in breaks)
    resting_aboard = sum(rest.ends_at - rest.starts_at for rest in breaks if rest.aboard is not None)
    sailing = sum(ferry.rolls_off_at - ferry.departs_at for ferry in ferries) - resting_aboard
    duration = sum(route.duration for route in routes)
    return PlanTotals(
        served=len(stops),
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


def _reloading(problem: Problem, routes: Iterable[Route]) -> int:
    """Return the time that loading takes; a vehicle that stays longer at the depot waits."""
    return sum(
        problem.vehicle(route.vehicle_id).reload
        for route in routes
        for step in route.steps
        if isinstance(step, ReloadStep)
    )

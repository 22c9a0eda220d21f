"""What a plan costs and adds up to, from its routes and what is left out."""

from collections.abc import Iterable, Sequence

from router.domain.plan import EndStep, FerryStep, PlanCost, PlanTotals, Route, StopStep, Unserved
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


def totals_of(routes: Sequence[Route], unserved: Sequence[Unserved]) -> PlanTotals:
    """Return the counts and sums of a plan; waiting is the time left when all else is taken off."""
    steps = [step for route in routes for step in route.steps]
    stops = [step for step in steps if isinstance(step, StopStep)]
    ferries = [step for step in steps if isinstance(step, FerryStep)]
    driving = sum(step.drive for step in steps if isinstance(step, StopStep | FerryStep | EndStep))
    service = sum(stop.departs_at - stop.starts_at for stop in stops)
    sailing = sum(ferry.rolls_off_at - ferry.departs_at for ferry in ferries)
    duration = sum(route.duration for route in routes)
    return PlanTotals(
        served=len(stops),
        unserved=len(unserved),
        vehicles_used=len(routes),
        distance=Meters(sum(route.distance for route in routes)),
        driving=Seconds(driving),
        service=Seconds(service),
        waiting=Seconds(duration - driving - service - sailing),
        ferry=Seconds(sailing),
        duration=Seconds(duration),
        crossings=len(ferries),
    )

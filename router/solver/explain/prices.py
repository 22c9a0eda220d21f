"""How long a lane takes, and what it costs."""

from router.domain.problem import Problem
from router.domain.units import Money, Seconds
from router.solver.explain.lanes import Lane, Lanes
from router.solver.legs import fare_of, latest
from router.solver.timeline import first_within, last_within
from router.travel.travel import Travel


def time_out(problem: Problem, travel: Travel, lane: Lane) -> Seconds:
    """Return how long a vehicle is out that is back as early as it can and leaves as late as that allows."""
    vehicle = lane.vehicle
    home = first_within(problem.hours(vehicle.end), lane.journeys[-1].arrives_at)
    returns = lane.due[-1] if home is None else home
    due = Lanes(problem, travel).due(vehicle, lane.steps, returns, lane.full) or lane.due
    first = latest(travel, vehicle.conveyance, (lane.places[0], lane.places[1]), due[0], lane.full)
    leaves = lane.free[0] if first is None else min(first.departs_at, vehicle.shift.end)
    leaves = last_within(problem.hours(vehicle.start), leaves) or lane.free[0]
    return Seconds(returns - leaves)


def price_of(problem: Problem, travel: Travel, lane: Lane) -> Money:
    """Return what a route costs; hours are the only part that another schedule of the same order may make cheaper."""
    if not lane.steps:
        return Money(0.0)
    costs = lane.vehicle.costs
    fares = sum(map(fare_of, lane.journeys))
    hours = costs.of_time(time_out(problem, travel, lane))
    return Money(costs.fixed + costs.of_distance(lane.meters) + fares + hours)

"""A first plan by plain greedy insertion: no search, no chance, a fraction of a second."""

from router.domain.ids import StopId
from router.domain.problem import Problem, Stop
from router.domain.proposal import Proposal
from router.domain.units import Money
from router.solver.insertion import Insertions
from router.solver.timeline import cost_of, timeline
from router.travel.travel import Travel

MOST_TRIES = 4
"""How often a stop is tried again after a deck turned out to be full."""


def greedy(problem: Problem, travel: Travel) -> Proposal:
    """Return a possible proposal: each stop in its turn goes where it costs least.

    Stops beyond the water come first, since vehicles that cross can still serve the near shore while the
    reverse is seldom true. A vehicle whose stops are not worth it in the end stays at home.
    """
    routes = Insertions(problem, travel)
    for stop in _in_turn(problem):
        for _ in range(MOST_TRIES):
            place = routes.cheapest(stop)
            if place is None or routes.insert(stop, place):
                break
    for number, line in tuple(routes.timelines.items()):
        stops = [problem.stop(stop_id) for stop_id in line.stop_ids]
        if not any(stop.required for stop in stops) and cost_of(
            problem, travel, line, routes.full_for(number)
        ) > _penalties(stops):
            routes.clear(number)
    used = (line for line in routes.timelines.values() if line.journeys)
    return Proposal(routes=tuple(line.proposal() for line in used))


def cost_of_proposal(problem: Problem, travel: Travel, proposal: Proposal) -> Money:
    """Return about what a possible proposal costs, each route as early as it can be, penalties included."""
    orders = ((problem.vehicle(route.vehicle_id), route.stop_ids()) for route in proposal.routes)
    lines = (timeline(problem, travel, vehicle, order) for vehicle, order in orders)
    routes = sum(cost_of(problem, travel, line) for line in lines if line is not None)
    served = proposal.served()
    return Money(routes + _penalties([stop for stop in problem.stops if stop.id not in served]))


def _in_turn(problem: Problem) -> list[Stop]:
    starts = {vehicle.start for vehicle in problem.vehicles if vehicle.start is not None}
    homes = {problem.depot(start).location.island for start in starts}

    def key(stop: Stop) -> tuple[bool, bool, int, float, StopId]:
        closes = stop.windows[-1].end if stop.windows else max(v.shift.end for v in problem.vehicles)
        return stop.location.island in homes, not stop.required, closes, -(stop.penalty or 0.0), stop.id

    return sorted(problem.stops, key=key) if problem.vehicles else []


def _penalties(stops: list[Stop]) -> Money:
    return Money(sum(stop.penalty or 0.0 for stop in stops))

"""From a proposal to a plan: every order gets its times, everything left out is named."""

from router.domain.plan import Plan, Unserved
from router.domain.problem import Problem
from router.domain.proposal import Proposal
from router.scheduling.timed_route import timed_route
from router.scheduling.totals import cost_of, totals_of
from router.travel.travel import Travel


def schedule(problem: Problem, travel: Travel, proposal: Proposal) -> Plan:
    """Return the plan with the best times: of least cost, then least duration, then earliest return.

    Stops that no route serves are listed without reasons, in the order of the problem.

    Raises:
        SchedulingError: an order has no times that keep to it.
    """
    routes = tuple(timed_route(problem, travel, order) for order in proposal.routes)
    served = proposal.served()
    unserved = tuple(
        Unserved(stop_id=stop.id, penalty=stop.penalty) for stop in problem.stops if stop.id not in served
    )
    return Plan(
        routes=routes,
        unserved=unserved,
        cost=cost_of(problem, routes, unserved),
        totals=totals_of(problem, routes, unserved),
    )

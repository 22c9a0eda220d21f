"""The recipe of the search: encode, construct, ruin and recreate, assemble, cross good plans, decode."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from router.domain.plan import StoppedBy
from router.domain.problem import Problem
from router.domain.proposal import Proposal
from router.domain.search import Budget, Incumbent, Outcome
from router.solver.course import follow
from router.solver.search import ENGINE, Search
from router.travel.travel import Travel


def propose(
    problem: Problem,
    travel: Travel,
    budget: Budget,
    on_incumbent: Callable[[Incumbent], None],
    should_stop: Callable[[], bool],
) -> Outcome:
    """Search for the best plan within the budget (see ``ports.Solver``), with one chain a thread."""
    if not problem.stops or not problem.vehicles:
        return Outcome(proposal=Proposal(), iterations=0, stopped_by=StoppedBy.OPTIMAL, engine=ENGINE)
    search = Search.begin(problem, travel, budget, on_incumbent, should_stop)
    if budget.threads == 1:
        follow(search)
    else:
        with ThreadPoolExecutor(budget.threads) as threads:
            others = [threads.submit(follow, search.companion(k)) for k in range(1, budget.threads)]
            follow(search)
            for other in others:
                other.result()
    return search.outcome()

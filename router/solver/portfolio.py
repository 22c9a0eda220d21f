"""Each problem to the engine that suits it: small ones are proven, all others searched."""

from collections.abc import Callable

from router.domain.problem import Problem
from router.domain.search import Budget, Incumbent, Outcome
from router.solver import exact, solve
from router.travel.travel import Travel


def propose(
    problem: Problem,
    travel: Travel,
    budget: Budget,
    on_incumbent: Callable[[Incumbent], None],
    should_stop: Callable[[], bool],
) -> Outcome:
    """Find the best plan within the budget (see ``ports.Solver``).

    A small problem ends as soon as its plan is proven. Where the time is too short for that, the answer is the
    plan of a short search with whatever CP-SAT has made better of it.
    """
    engine = exact.propose if exact.is_small(problem) else solve.propose
    return engine(problem, travel, budget, on_incumbent, should_stop)

"""The portfolio: what is small is proven, what is not is searched, and both come through one door."""

from router.domain.plan import StoppedBy
from router.domain.search import Budget, Outcome
from router.domain.units import Money
from router.solver.portfolio import propose
from router.travel.travel import Travel
from tests.builders import dropoff, problem, road_matrix
from tests.solving import AMPLE


def outcome(stops: int, *, time_limit: float = AMPLE, iterations: int | None = None) -> Outcome:
    """Return how a problem of so many stops on one road ends."""
    question = problem(stops=[dropoff(f"s-{n}", km=n, load=(0,)) for n in range(1, stops + 1)])
    budget = Budget(time_limit=time_limit, iteration_limit=iterations)
    return propose(question, Travel(question, road_matrix(question)), budget, lambda _: None, lambda: False)


def test_a_small_problem_is_proven() -> None:
    """Five stops end long before five minutes are over, with the cost of the plan as its bound."""
    small = outcome(5)
    assert (small.engine, small.stopped_by, small.lower_bound) == ("exact", StoppedBy.OPTIMAL, Money(10))


def test_a_larger_one_is_searched() -> None:
    """Forty stops end by iterations, and nothing is claimed."""
    large = outcome(40, iterations=100)
    assert (large.engine, large.stopped_by, large.lower_bound) == ("search", StoppedBy.ITERATION_LIMIT, None)


def test_without_time_to_prove_anything_there_is_still_a_plan() -> None:
    """A hundredth of a second is too short for CP-SAT, not for a plan of all stops."""
    assert len(outcome(10, time_limit=0.01).proposal.served()) == 10

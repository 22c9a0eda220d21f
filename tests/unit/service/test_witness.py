"""What is remembered of a search: when its first routes were there, and how much better it made them."""

from collections.abc import Callable

import pytest

from router.domain.plan import StoppedBy
from router.domain.problem import Problem
from router.domain.proposal import Proposal
from router.domain.search import Budget, Incumbent, Outcome
from router.domain.units import Money
from router.errors import SolverOverran
from router.service.witness import Witness
from router.travel.travel import Travel
from tests.builders import depot, dropoff, problem, road_matrix, van


class Scripted:
    """A solver that tells of routes at these costs, and ends with the last of them."""

    def __init__(self, *costs: float) -> None:
        """Take the script; without one it finds nothing."""
        self._costs = costs

    def propose(
        self,
        problem: Problem,  # noqa: ARG002  (the script says what comes, here and below)
        travel: Travel,  # noqa: ARG002
        budget: Budget,  # noqa: ARG002
        on_incumbent: Callable[[Incumbent], None],
        should_stop: Callable[[], bool],  # noqa: ARG002
    ) -> Outcome:
        """Follow the script."""
        if not self._costs:
            raise SolverOverran("nothing was found")
        for cost in self._costs:
            on_incumbent(
                Incumbent(proposal=Proposal(), cost=Money(cost), served=0, iterations=0, elapsed_seconds=0.0)
            )
        return Outcome(proposal=Proposal(), iterations=7, stopped_by=StoppedBy.TIME_LIMIT, engine="search")


def witnessed(witness: Witness) -> list[float]:
    """Have it look on at a search, and return the costs that came through."""
    question = problem(depots=[depot()], stops=[dropoff("p", km=1)], vehicles=[van()])
    heard: list[float] = []
    witness.propose(
        question,
        Travel(question, road_matrix(question)),
        Budget(time_limit=1.0),
        lambda incumbent: heard.append(incumbent.cost),
        lambda: False,
    )
    return heard


def test_the_gain_is_the_share_of_the_first_cost_and_whoever_listens_hears_all_the_same() -> None:
    witness = Witness(Scripted(200.0, 180.0, 150.0))
    assert witnessed(witness) == [200.0, 180.0, 150.0]
    summary = witness.summary("P1", "succeeded", "search", 7)
    assert summary.improvement == 0.25
    assert summary.first_plan_seconds is not None
    assert 0 <= summary.first_plan_seconds <= summary.seconds
    assert (summary.plan_id, summary.outcome, summary.engine, summary.iterations) == (
        "P1",
        "succeeded",
        "search",
        7,
    )


def test_several_searches_for_one_plan_have_no_common_gain() -> None:
    """A replan searches three times, each time for something else."""
    witness = Witness(Scripted(200.0, 150.0))
    witnessed(witness)
    witnessed(witness)
    summary = witness.summary("P1", "succeeded", "search", 7)
    assert summary.improvement is None
    assert summary.first_plan_seconds is not None


def test_costs_below_zero_or_of_nothing_have_no_share() -> None:
    for costs in ((0.0, 0.0), (-5.0, -6.0)):
        witness = Witness(Scripted(*costs))
        witnessed(witness)
        assert witness.summary("P1", "succeeded", "search", 7).improvement is None


def test_where_nothing_was_found_there_is_no_first_plan_and_no_engine() -> None:
    witness = Witness(Scripted())
    with pytest.raises(SolverOverran):
        witnessed(witness)
    summary = witness.summary("P1", "failed", None, 0)
    assert (summary.first_plan_seconds, summary.improvement, summary.engine) == (None, None, "none")

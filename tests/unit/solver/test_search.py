"""The search keeps its promises: repeatable, stoppable, told in order, and its costs are the schedule's."""

import time
from collections.abc import Callable

import orjson
import pytest

from benchmarks.archipelagos import Decks, sized
from router.adapters.matrices.great_circle import GreatCircleSource
from router.domain.places import TimeWindow
from router.domain.plan import StoppedBy
from router.domain.problem import Problem
from router.domain.proposal import Proposal
from router.domain.search import Budget, Incumbent, Outcome
from router.domain.travel_choice import TravelProvider
from router.domain.units import Instant
from router.geography.geography import Geography
from router.scheduling import schedule
from router.solver.solve import propose
from router.travel.travel import Travel
from router.wire.ingest import to_problem
from router.wire.request import read_plan_request
from tests import builders as b

AMPLE = 600.0


@pytest.fixture(scope="module")
def archipelago() -> tuple[Problem, Travel]:
    """Sixty stops on several islands, decks of one or two slots."""
    request = read_plan_request(orjson.dumps(sized(60, seed=3, decks=Decks.TIGHT)))
    problem = to_problem(request, Geography.load()).problem
    return problem, Travel(problem, GreatCircleSource().travel_matrix(problem, TravelProvider.GREAT_CIRCLE))


def search(
    problem: Problem,
    travel: Travel,
    budget: Budget,
    told: list[Incumbent] | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Run the search and keep what it tells."""
    return propose(problem, travel, budget, (told if told is not None else []).append, should_stop)


def test_same_seed_and_iterations_find_the_same_plan(archipelago: tuple[Problem, Travel]) -> None:
    budget = Budget(time_limit=AMPLE, iteration_limit=1500, seed=7)
    first, second = (search(*archipelago, budget) for _ in range(2))
    assert first.proposal == second.proposal
    assert first.iterations == second.iterations == 1500
    assert first.stopped_by is StoppedBy.ITERATION_LIMIT


def test_another_seed_searches_elsewhere(archipelago: tuple[Problem, Travel]) -> None:
    plans = {
        search(*archipelago, Budget(time_limit=AMPLE, iteration_limit=200, seed=seed)).proposal
        for seed in range(1, 6)
    }
    assert len(plans) > 1


def test_the_cost_told_is_the_cost_scheduled(archipelago: tuple[Problem, Travel]) -> None:
    """The kernel's exact route evaluation and the scheduler agree, crossings and hours paid included."""
    told: list[Incumbent] = []
    search(*archipelago, Budget(time_limit=AMPLE, iteration_limit=3000), told)
    for incumbent in told:
        assert schedule(*archipelago, incumbent.proposal).cost.total == pytest.approx(
            incumbent.cost, abs=0.01
        )
        assert len(incumbent.proposal.served()) == incumbent.served


def test_incumbents_only_get_better(archipelago: tuple[Problem, Travel]) -> None:
    """Fewer required stops are left out, or as few at a lower cost."""
    problem, travel = archipelago
    told: list[Incumbent] = []
    search(problem, travel, Budget(time_limit=2.0), told)
    required = {stop.id for stop in problem.stops if stop.required}
    ranks = [(len(required - incumbent.proposal.served()), incumbent.cost) for incumbent in told]
    assert len(ranks) > 1
    assert ranks == sorted(ranks, reverse=True)


def test_a_stopped_search_hands_over_its_best(archipelago: tuple[Problem, Travel]) -> None:
    told: list[Incumbent] = []
    outcome = search(*archipelago, Budget(time_limit=AMPLE), told, lambda: len(told) >= 1)
    assert outcome.stopped_by is StoppedBy.CANCELLED
    assert len(outcome.proposal.served()) >= told[0].served > 0


def test_the_time_limit_ends_the_search(archipelago: tuple[Problem, Travel]) -> None:
    begun = time.monotonic()
    outcome = search(*archipelago, Budget(time_limit=1.0))
    assert outcome.stopped_by is StoppedBy.TIME_LIMIT
    assert 0.9 <= time.monotonic() - begun <= 2.0


def test_nothing_to_do_is_done_at_once() -> None:
    problem = b.problem(stops=[], vehicles=[b.van()])
    outcome = search(problem, Travel(problem, b.road_matrix(problem)), Budget(time_limit=AMPLE))
    assert outcome.proposal == Proposal()
    assert outcome.stopped_by is StoppedBy.OPTIMAL


@pytest.mark.parametrize("per_hour", [0, 1], ids=["plain kernel", "full kernel"])
def test_a_shift_and_a_service_of_a_century_do_no_harm(per_hour: float) -> None:
    century = 100 * 366 * 24 * 3600
    shift = TimeWindow(b.at("08:00"), Instant(b.at("08:00") + century))
    stops = [b.dropoff(f"p{k}", km=k) for k in range(4)]
    stops.append(b.dropoff("siege", km=2, service=century, penalty=1))
    if per_hour > 0:
        stops.append(b.dropoff("later", km=2, ready_at=Instant(b.at("08:00") + century), penalty=1))
    problem = b.problem(stops=stops, vehicles=[b.van(shift=shift, per_hour=per_hour)])
    budget = Budget(time_limit=60, iteration_limit=200, seed=1)
    outcome = propose(problem, Travel(problem, b.road_matrix(problem)), budget, lambda _: None, lambda: False)
    [route] = outcome.proposal.routes
    assert sorted(route.stop_ids()) == ["p0", "p1", "p2", "p3"]

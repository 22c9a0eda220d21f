"""A search that was interrupted goes on from its plan, also in another process and another version."""

from dataclasses import replace

import orjson
import pytest

from benchmarks.archipelagos import Decks, sized
from router.adapters.matrices.great_circle import GreatCircleSource
from router.domain.ferries import Timetable
from router.domain.plan import Plan
from router.domain.problem import Problem
from router.domain.proposal import proposal_of
from router.domain.search import Budget
from router.domain.travel_choice import TravelProvider
from router.geography.geography import Geography
from router.scheduling import schedule
from router.service.earlier_plan import still_good
from router.solver.decode import decode
from router.solver.encode import encode
from router.solver.resume import routes_to_resume
from router.solver.solve import propose
from router.travel.travel import Travel
from router.wire.ingest import to_problem
from router.wire.request import read_plan_request
from router.wire.response import plan_bytes

AMPLE = 600.0


@pytest.fixture(scope="module")
def archipelago() -> tuple[Problem, Travel]:
    """Sixty stops on several islands, decks of one or two slots."""
    request = read_plan_request(orjson.dumps(sized(60, seed=3, decks=Decks.TIGHT)))
    problem = to_problem(request, Geography.load()).problem
    return problem, Travel(problem, GreatCircleSource().travel_matrix(problem, TravelProvider.GREAT_CIRCLE))


def searched(problem: Problem, travel: Travel, budget: Budget) -> Plan:
    """Return the timed plan of a search."""
    outcome = propose(problem, travel, budget, lambda _: None, lambda: False)
    return schedule(problem, travel, outcome.proposal)


@pytest.fixture(scope="module")
def found(archipelago: tuple[Problem, Travel]) -> Plan:
    """What a search had found when it was interrupted."""
    return searched(*archipelago, Budget(time_limit=AMPLE, iteration_limit=3000))


def test_a_plan_comes_back_as_the_routes_it_was(archipelago: tuple[Problem, Travel], found: Plan) -> None:
    encoding = encode(*archipelago)
    assert decode(encoding, routes_to_resume(encoding, found)) == proposal_of(found)


def test_a_search_begins_where_the_other_ended(archipelago: tuple[Problem, Travel], found: Plan) -> None:
    """Without a single iteration it is as good; from scratch it would not be."""
    nothing = Budget(time_limit=AMPLE, iteration_limit=0)
    resumed = searched(*archipelago, replace(nothing, start_from=found))
    from_scratch = searched(*archipelago, nothing)
    assert (resumed.cost.total, resumed.totals.served) == (found.cost.total, found.totals.served)
    assert from_scratch.cost.total > found.cost.total


def test_a_route_over_waters_that_are_closed_by_now_is_built_anew(
    archipelago: tuple[Problem, Travel], found: Plan
) -> None:
    """What can still be driven stays; nothing is served over a line that is gone."""
    problem, travel = archipelago
    closed = replace(problem, timetable=Timetable(ports=problem.timetable.ports))
    roads = Travel(closed, travel.matrix)
    plan = searched(closed, roads, Budget(time_limit=AMPLE, iteration_limit=0, start_from=found))
    assert list(plan.crossings()) == []
    assert plan.totals.served > 0


def test_a_plan_that_holds_is_taken_up_with_its_times(
    archipelago: tuple[Problem, Travel], found: Plan
) -> None:
    problem, travel = archipelago
    taken_up = still_good(plan_bytes(found, problem), problem, travel)
    assert taken_up is not None
    assert proposal_of(taken_up) == proposal_of(found)
    assert taken_up.cost.total == pytest.approx(found.cost.total)


def test_a_plan_that_does_not_hold_any_more_is_no_loss(
    archipelago: tuple[Problem, Travel], found: Plan
) -> None:
    problem, travel = archipelago
    left = plan_bytes(found, problem)
    closed = replace(problem, timetable=Timetable(ports=problem.timetable.ports))
    fewer = replace(problem, stops=problem.stops[1:])
    assert still_good(left, closed, Travel(closed, travel.matrix)) is None
    assert still_good(left, fewer, Travel(fewer, travel.matrix)) is None


@pytest.mark.parametrize(
    "left", [None, b"", b"{", b'{"routes": [{"vehicle_id": "nobody", "steps": []}]}', b"[]"]
)
def test_what_cannot_be_read_is_no_loss(archipelago: tuple[Problem, Travel], left: bytes | None) -> None:
    assert still_good(left, *archipelago) is None

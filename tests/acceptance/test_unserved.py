"""What is left out: optional stops when serving them costs more, required ones only when there is no way."""

import pytest

from tests.builders import dropoff, problem, van
from tests.solving import left_out, solve


@pytest.mark.parametrize(("penalty", "expected"), [(99, {"far"}), (101, set())])
def test_an_optional_stop_is_served_when_that_costs_less_than_its_penalty(
    penalty: float, expected: set[str]
) -> None:
    """Fifty kilometres out and fifty back at 1 each; nothing else to do there."""
    plan = solve(problem(stops=(dropoff("far", km=50, penalty=penalty),)))
    assert left_out(plan) == expected
    assert plan.cost.unserved == pytest.approx(penalty if expected else 0)


def test_a_required_stop_is_served_at_any_cost() -> None:
    question = problem(stops=(dropoff("far", km=300),), vehicles=(van(fixed=1e6, per_km=1e4),))
    assert left_out(solve(question)) == set()


def test_a_required_stop_goes_before_any_penalty() -> None:
    """There is room for one of the two."""
    question = problem(
        stops=(dropoff("dear", km=5, penalty=1e9), dropoff("required", km=5)), vehicles=(van(capacity=(1,)),)
    )
    plan = solve(question)
    assert left_out(plan) == {"dear"}
    assert plan.cost.unserved == pytest.approx(1e9)


def test_of_two_optional_stops_the_one_with_the_higher_penalty_is_served() -> None:
    question = problem(
        stops=(dropoff("low", km=5, penalty=500), dropoff("high", km=6, penalty=900)),
        vehicles=(van(capacity=(1,)),),
    )
    assert left_out(solve(question)) == {"low"}


def test_a_required_stop_out_of_reach_is_left_out_and_the_rest_is_served() -> None:
    question = problem(stops=(dropoff("near", km=5), dropoff("adrift", island="nowhere")))
    plan = solve(question)
    assert left_out(plan) == {"adrift"}
    assert plan.cost.unserved == pytest.approx(0)


def test_more_required_stops_are_better_than_one_alone() -> None:
    """One large and three small parcels, room for the large one or for the small ones."""
    question = problem(
        stops=(dropoff("large", km=1, load=(3,)), *(dropoff(f"small-{n}", km=40 + n) for n in range(3))),
        vehicles=(van(capacity=(3,)),),
    )
    assert left_out(solve(question)) == {"large"}


@pytest.mark.parametrize("empty", ["stops", "vehicles"])
def test_with_nothing_to_do_or_nobody_to_do_it_the_plan_is_empty(empty: str) -> None:
    stops = () if empty == "stops" else (dropoff("a", km=5),)
    vehicles = () if empty == "vehicles" else (van(),)
    plan = solve(problem(stops=stops, vehicles=vehicles))
    assert plan.routes == ()
    assert left_out(plan) == {stop.id for stop in stops}

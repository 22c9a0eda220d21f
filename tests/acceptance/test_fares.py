"""Fares are money like any other: the cheap boat is taken unless time forbids it."""

import pytest

from router.domain.problem import Problem
from tests.builders import between, dropoff, line, port, problem, van
from tests.solving import sailings, solve, used


def two_boats(deadline: str, *, per_hour: float = 0) -> Problem:
    """A fast boat for 300 and a slow one for 100, from the same port and back."""
    return problem(
        stops=(dropoff("a", island="penida", km=1, windows=(between("06:00", deadline),)),),
        vehicles=(van(per_hour=per_hour),),
        ports=(port("sanur", island="bali"), port("toya", island="penida")),
        lines=(
            line("fast", "sanur", "toya", ("09:00",), crossing=1800, fares={"IVB": 300}),
            line("slow", "sanur", "toya", ("08:00",), crossing=7200, fares={"IVB": 100}),
            line("fast back", "toya", "sanur", ("12:00",), crossing=1800, fares={"IVB": 300}),
            line("slow back", "toya", "sanur", ("12:30",), crossing=7200, fares={"IVB": 100}),
        ),
    )


def test_of_two_crossings_the_cheaper_is_taken() -> None:
    plan = solve(two_boats("12:00"))
    assert sailings(plan) == ["slow 08:00", "slow back 12:30"]
    assert plan.cost.fares == pytest.approx(200)


def test_where_the_cheaper_comes_too_late_the_dearer_is_taken() -> None:
    """The slow boat rolls off at 10:05, the fast one at 09:35."""
    plan = solve(two_boats("10:00"))
    assert sailings(plan) == ["fast 09:00", "slow back 12:30"]


@pytest.mark.parametrize(
    ("per_hour", "out", "home"),
    [
        (90, "slow 08:00", "slow back 12:30"),
        (120, "slow 08:00", "fast back 12:00"),
        (220, "fast 09:00", "fast back 12:00"),
    ],
)
def test_a_dearer_boat_is_taken_where_it_saves_time_worth_more(per_hour: float, out: str, home: str) -> None:
    """Either way the fast boat costs 200 more; it saves one hour on the way out and two on the way home."""
    assert sailings(solve(two_boats("12:00", per_hour=per_hour))) == [out, home]


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_motorbike_goes_where_its_fare_is_lower(seed: int) -> None:
    fares = {"II": 30, "IVB": 210}
    question = problem(
        stops=(dropoff("a", island="penida", km=1),),
        vehicles=(van("van-1"), van("bike-1", profile="motorbike", ferry_class="II", per_km=2)),
        ports=(port("sanur", island="bali"), port("toya", island="penida")),
        lines=(
            line("out", "sanur", "toya", ("08:00",), fares=fares),
            line("back", "toya", "sanur", ("12:00",), fares=fares),
        ),
    )
    assert used(solve(question, seed=seed)) == {"bike-1"}

"""Service begins inside one of a stop's windows; who comes early waits."""

import pytest

from tests.builders import at, between, dropoff, problem, van
from tests.solving import left_out, order, route_of, solve, visit


def test_windows_decide_the_order() -> None:
    """By road a, b, c is shorter; the windows want c first."""
    question = problem(
        stops=(
            dropoff("a", km=5, windows=(between("12:00", "13:00"),)),
            dropoff("b", km=6, windows=(between("10:00", "11:00"),)),
            dropoff("c", km=7, windows=(between("08:00", "09:00"),)),
        )
    )
    assert order(solve(question)) == ["c", "b", "a"]


def test_the_second_window_serves_where_the_first_cannot() -> None:
    """Both shops open at eight, an hour apart; one of them opens again in the afternoon."""
    question = problem(
        stops=(
            dropoff("once", km=10, windows=(between("08:00", "08:10"),)),
            dropoff("twice", km=70, windows=(between("08:00", "08:10"), between("14:00", "14:30"))),
        )
    )
    plan = solve(question)
    assert order(plan) == ["once", "twice"]
    assert at("14:00") <= visit(plan, "twice").starts_at <= at("14:30")


def test_between_two_windows_a_vehicle_waits() -> None:
    """Service at the first stop ends at 09:00; the next is ten minutes on and closed until ten."""
    question = problem(
        stops=(
            dropoff("a", km=10, windows=(between("08:00", "08:00"),), service=3600),
            dropoff("b", km=20, windows=(between("08:00", "09:00"), between("10:00", "11:00"))),
        )
    )
    step = visit(solve(question), "b")
    assert (step.arrives_at, step.starts_at) == (at("09:10"), at("10:00"))


def test_a_window_is_met_to_the_second_and_missed_by_one() -> None:
    """Ten minutes from a depot that nobody leaves before eight."""
    shift = between("08:00", "20:00")
    just = problem(
        stops=(dropoff("a", km=10, windows=(between("07:00", "08:10"),)),), vehicles=(van(shift=shift),)
    )
    late = problem(
        stops=(dropoff("a", km=10, windows=(between("07:00", "08:09:59"),)),), vehicles=(van(shift=shift),)
    )
    assert visit(solve(just), "a").starts_at == at("08:10")
    assert left_out(solve(late)) == {"a"}


@pytest.mark.parametrize("per_hour", [0, 60])
def test_a_vehicle_leaves_as_late_as_its_first_window_allows(per_hour: float) -> None:
    """Nothing is gained by leaving at six for a stop that opens at noon, whether or not time costs money."""
    question = problem(
        stops=(dropoff("a", km=10, windows=(between("12:00", "13:00"),)),), vehicles=(van(per_hour=per_hour),)
    )
    plan = solve(question)
    assert route_of(plan).duration == 1200
    assert plan.totals.waiting == 0


def test_windows_at_the_same_time_far_apart_take_two_vehicles() -> None:
    stops = tuple(
        dropoff(name, km=km, windows=(between("08:00", "08:10"),)) for name, km in (("a", 10), ("b", 60))
    )
    assert left_out(solve(problem(stops=stops, vehicles=(van("van-1"), van("van-2"))))) == set()
    assert len(left_out(solve(problem(stops=stops, vehicles=(van("van-1"),))))) == 1

"""A vehicle leaves with a parcel when the parcel is there, on a later trip if need be."""

import pytest

from router.domain.plan import StartStep
from tests.builders import at, between, dropoff, problem, van
from tests.solving import left_out, reloads, route_of, solve, trips, used, visit


def test_nobody_leaves_before_the_parcel_is_there() -> None:
    plan = solve(problem(stops=(dropoff("a", km=10, ready_at=at("09:00")),)))
    first = route_of(plan).steps[0]
    assert isinstance(first, StartStep)
    assert first.departs_at >= at("09:00")


@pytest.mark.parametrize(("closes", "expected"), [("09:10", set()), ("09:09:59", {"a"})])
def test_a_window_that_closes_before_the_parcel_can_be_there_is_missed(
    closes: str, expected: set[str]
) -> None:
    """Ten minutes on the road from nine."""
    stop = dropoff("a", km=10, ready_at=at("09:00"), windows=(between("08:00", closes),))
    plan = solve(problem(stops=(stop,)))
    assert left_out(plan) == expected
    assert expected or visit(plan, "a").starts_at == at("09:10")


@pytest.mark.parametrize(("max_trips", "forgotten"), [(1, 1), (2, 0)])
def test_what_is_not_ready_for_the_first_trip_goes_on_the_second(max_trips: int, forgotten: int) -> None:
    """The early one is over before the late one is ready; there is room for both."""
    question = problem(
        stops=(
            dropoff("early", km=10, windows=(between("07:00", "07:30"),)),
            dropoff("late", km=5, ready_at=at("09:00")),
        ),
        vehicles=(van(max_trips=max_trips),),
    )
    plan = solve(question)
    assert len(left_out(plan)) == forgotten
    if not forgotten:
        assert trips(plan) == [["early"], ["late"]]
        assert reloads(plan)[0].departs_at >= at("09:00")


def test_who_waits_for_one_parcel_waits_with_all_of_them() -> None:
    """One has to be there before nine, one is not ready before: that takes two vehicles."""
    stops = (dropoff("early", km=10, windows=(between("08:00", "08:30"),)),)
    late = dropoff("late", km=10, ready_at=at("09:00"))
    plan = solve(problem(stops=(*stops, late), vehicles=(van("v-1"), van("v-2"))))
    assert left_out(plan) == set()
    assert used(plan) == {"v-1", "v-2"}

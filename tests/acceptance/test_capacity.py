"""At no time is more on board than fits, in any dimension, with drop-offs and pick-ups mixed."""

import pytest

from tests.builders import between, dropoff, pickup, problem, van
from tests.solving import left_out, order, solve, used


def test_what_does_not_fit_one_vehicle_takes_two() -> None:
    stops = tuple(dropoff(f"s-{n}", km=n, load=(4,)) for n in (1, 2, 3))
    plan = solve(problem(stops=stops, vehicles=(van("van-1"), van("van-2"))))
    assert left_out(plan) == set()
    assert used(plan) == {"van-1", "van-2"}


def test_drop_offs_make_room_for_pick_ups() -> None:
    """Ten go out and ten come back on a van that holds ten: every drop-off before its pick-up."""
    stops = (
        dropoff("out-1", km=10, load=(5,)),
        pickup("in-1", km=9, load=(5,)),
        dropoff("out-2", km=5, load=(5,)),
        pickup("in-2", km=4, load=(5,)),
    )
    plan = solve(problem(stops=stops, vehicles=(van(capacity=(10,)),)))
    assert left_out(plan) == set()
    assert order(plan)[0].startswith("out")


def test_a_pick_up_that_windows_put_first_finds_no_room() -> None:
    """The van is full until its drop-off at noon; the pick-up is over by nine."""
    stops = (
        dropoff("out", km=10, load=(10,), windows=(between("12:00", "13:00"),)),
        pickup("in", km=5, load=(1,)),
    )
    assert left_out(solve(problem(stops=stops))) == set()
    early = (stops[0], pickup("in", km=5, load=(1,), windows=(between("08:00", "09:00"),)))
    assert len(left_out(solve(problem(stops=early)))) == 1


@pytest.mark.parametrize(
    ("capacity", "expected"), [((3, 900), 1), ((2, 1000), 1), ((3, 1000), 0), ((3, None), 0)]
)
def test_every_dimension_counts(capacity: tuple[int | None, ...], expected: int) -> None:
    stops = (dropoff("a", km=1, load=(1, 600)), dropoff("b", km=2, load=(2, 400)))
    plan = solve(problem(stops=stops, vehicles=(van(capacity=capacity),), dimensions=("parcels", "grams")))
    assert len(left_out(plan)) == expected


def test_without_dimensions_everything_fits() -> None:
    stops = tuple(dropoff(f"s-{n}", km=n, load=()) for n in range(30))
    assert left_out(solve(problem(stops=stops, vehicles=(van(capacity=()),), dimensions=()))) == set()


def test_a_load_that_no_vehicle_holds_is_left_out_alone() -> None:
    stops = (dropoff("piano", km=1, load=(11,)), dropoff("letter", km=1, load=(1,)))
    assert left_out(solve(problem(stops=stops))) == {"piano"}


@pytest.mark.parametrize(("max_trips", "forgotten"), [(1, 2), (2, 0)])
def test_each_trip_has_the_whole_vehicle_to_itself(max_trips: int, forgotten: int) -> None:
    """Ten go out and ten come back on either trip of a van that holds ten."""
    stops = (
        *(dropoff(f"out-{n}", km=10, load=(10,)) for n in (1, 2)),
        *(pickup(f"in-{n}", km=5, load=(10,)) for n in (1, 2)),
    )
    plan = solve(problem(stops=stops, vehicles=(van(capacity=(10,), max_trips=max_trips),)))
    assert len(left_out(plan)) == forgotten

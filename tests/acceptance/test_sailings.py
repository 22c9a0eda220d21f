"""A cancelled sailing does not exist; the timetable is kept to the second."""

from collections.abc import Iterable

from router.domain.problem import Problem
from tests.builders import between, dropoff, line, port, problem
from tests.solving import left_out, sailings, solve


def morning(*, cancelled: Iterable[str] = (), back: Iterable[str] = ()) -> Problem:
    """Two sailings out, two back, and a stop that takes deliveries until noon."""
    return problem(
        stops=(dropoff("a", island="penida", km=1, windows=(between("06:00", "12:00"),)),),
        ports=(port("sanur", island="bali"), port("toya", island="penida")),
        lines=(
            line("out", "sanur", "toya", ("08:00", "10:00"), cancelled=cancelled),
            line("back", "toya", "sanur", ("12:00", "14:00"), cancelled=back),
        ),
    )


def test_where_a_sailing_is_cancelled_the_next_is_taken() -> None:
    assert sailings(solve(morning(cancelled=("08:00",))))[0] == "out 10:00"
    assert sailings(solve(morning(cancelled=("10:00",))))[0] == "out 08:00"


def test_where_the_way_back_is_cancelled_the_vehicle_waits_for_the_last_boat() -> None:
    assert sailings(solve(morning(back=("12:00",))))[-1] == "back 14:00"


def test_where_all_is_cancelled_one_way_nobody_goes() -> None:
    assert left_out(solve(morning(cancelled=("08:00", "10:00")))) == {"a"}
    assert left_out(solve(morning(back=("12:00", "14:00")))) == {"a"}

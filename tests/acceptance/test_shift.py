"""A vehicle is out within its shift, and one with a later shift takes what comes later."""

from tests.builders import between, dropoff, problem, van
from tests.solving import left_out, order, solve


def test_the_shift_is_kept_to_the_second() -> None:
    """Ten minutes out, a minute there, ten minutes back."""
    stops = (dropoff("a", km=10, service=60),)
    enough = problem(stops=stops, vehicles=(van(shift=between("08:00", "08:21")),))
    too_short = problem(stops=stops, vehicles=(van(shift=between("08:00", "08:20:59")),))
    assert left_out(solve(enough)) == set()
    assert left_out(solve(too_short)) == {"a"}


def test_each_shift_takes_the_windows_that_it_covers() -> None:
    question = problem(
        stops=(
            dropoff("morning", km=10, windows=(between("08:00", "09:00"),)),
            dropoff("evening", km=10, windows=(between("18:00", "19:00"),)),
        ),
        vehicles=(
            van("late", shift=between("14:00", "22:00")),
            van("early", shift=between("06:00", "14:00")),
        ),
    )
    plan = solve(question)
    assert order(plan, "early") == ["morning"]
    assert order(plan, "late") == ["evening"]


def test_a_short_shift_serves_what_it_can() -> None:
    """An hour is enough for two stops of a quarter of an hour each, ten minutes away, and not for three."""
    stops = tuple(dropoff(f"s-{n}", km=10, service=900) for n in range(3))
    assert len(left_out(solve(problem(stops=stops, vehicles=(van(shift=between("08:00", "09:00")),))))) == 1

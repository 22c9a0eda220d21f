"""No vehicle is out for longer, from departure to return, than it may be."""

import pytest

from tests.builders import between, dropoff, limits, line, port, problem, van
from tests.solving import left_out, sailings, solve, used


@pytest.mark.parametrize(("most", "expected"), [(1_260, set()), (1_259, {"a"})])
def test_the_limit_is_met_to_the_second(most: int, expected: set[str]) -> None:
    """Ten minutes out, a minute there, ten minutes back."""
    question = problem(
        stops=(dropoff("a", km=10, service=60),), vehicles=(van(limits=limits(duration=most)),)
    )
    assert left_out(solve(question)) == expected


@pytest.mark.parametrize(("most", "vehicles"), [(4 * 3600 + 1_200, 1), (4 * 3600 + 1_199, 2)])
def test_waiting_counts(most: int, vehicles: int) -> None:
    """From eight until noon one vehicle waits, where two could each go home."""
    windows = {"morning": between("08:00", "08:00"), "noon": between("12:00", "12:00")}
    stops = tuple(dropoff(name, km=10, windows=(window,)) for name, window in windows.items())
    fleet = tuple(van(name, fixed=100, limits=limits(duration=most)) for name in ("v-1", "v-2"))
    plan = solve(problem(stops=stops, vehicles=fleet))
    assert left_out(plan) == set()
    assert len(used(plan)) == vehicles


@pytest.mark.parametrize(
    ("most", "home"), [(None, "cheap 14:00"), (4 * 3600, "dear 10:00"), (3 * 3600 + 600, "dear 10:00")]
)
def test_a_dearer_ferry_is_taken_to_be_home_in_time(most: int | None, home: str) -> None:
    """At the port by 07:40; ashore again at 10:50 by the dear boat, at 14:50 by the cheap one."""
    question = problem(
        stops=(dropoff("a", island="penida"),),
        vehicles=(van(limits=limits(duration=most)),),
        ports=(port("sanur", island="bali"), port("toya", island="penida")),
        lines=(
            line("out", "sanur", "toya", ("08:00",)),
            line("dear", "toya", "sanur", ("10:00",), fares={"IVB": 50}),
            line("cheap", "toya", "sanur", ("14:00",)),
        ),
    )
    assert sailings(solve(question)) == ["out 08:00", home]

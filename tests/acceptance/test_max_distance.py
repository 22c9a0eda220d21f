"""No vehicle drives farther in all than it may; water is not counted."""

import pytest

from tests.builders import dropoff, limits, line, port, problem, van
from tests.solving import left_out, solve, used


@pytest.mark.parametrize(("most", "expected"), [(100_000, set()), (99_999, {"a"})])
def test_the_limit_is_met_to_the_metre(most: int, expected: set[str]) -> None:
    """Fifty kilometres out and fifty back."""
    question = problem(stops=(dropoff("a", km=50),), vehicles=(van(limits=limits(distance=most)),))
    assert left_out(solve(question)) == expected


def test_two_directions_take_two_vehicles() -> None:
    """Ten kilometres west and ten east: forty for one vehicle, twenty each for two."""
    vehicles = tuple(van(name, fixed=100, limits=limits(distance=39_999)) for name in ("v-1", "v-2"))
    stops = (dropoff("west", km=-10), dropoff("east", km=10))
    plan = solve(problem(stops=stops, vehicles=vehicles))
    assert left_out(plan) == set()
    assert used(plan) == {"v-1", "v-2"}


@pytest.mark.parametrize(("most", "expected"), [(14_000, set()), (13_999, {"a"})])
def test_roads_to_ports_count_and_water_does_not(most: int, expected: set[str]) -> None:
    """Four kilometres to the port and three beyond the water, both twice."""
    question = problem(
        stops=(dropoff("a", island="penida", km=3),),
        vehicles=(van(limits=limits(distance=most)),),
        ports=(port("sanur", island="bali", km=4), port("toya", island="penida")),
        lines=(line("out", "sanur", "toya", ("08:00",)), line("back", "toya", "sanur", ("12:00",))),
    )
    assert left_out(solve(question)) == expected


@pytest.mark.parametrize(("most", "forgotten"), [(22_000, 0), (21_999, 1)])
def test_all_trips_count_together(most: int, forgotten: int) -> None:
    """Five and six kilometres, one parcel at a time."""
    question = problem(
        stops=(dropoff("a", km=5), dropoff("b", km=6)),
        vehicles=(van(capacity=(1,), max_trips=2, limits=limits(distance=most)),),
    )
    assert len(left_out(solve(question))) == forgotten

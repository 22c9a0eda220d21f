"""No vehicle serves more stops in all than it may."""

import pytest

from tests.builders import dropoff, limits, problem, shipment, van
from tests.solving import left_out, order, solve, used

STOPS = tuple(dropoff(f"s-{km}", km=km) for km in range(1, 6))


@pytest.mark.parametrize(("most", "forgotten"), [(5, 0), (4, 1), (1, 4), (0, 5), (None, 0)])
def test_the_limit_is_met_and_never_passed(most: int | None, forgotten: int) -> None:
    plan = solve(problem(stops=STOPS, vehicles=(van(limits=limits(stops=most)),)))
    assert len(left_out(plan)) == forgotten


def test_more_stops_than_one_may_serve_take_two_vehicles() -> None:
    plan = solve(problem(stops=STOPS, vehicles=tuple(van(n, limits=limits(stops=3)) for n in ("v-1", "v-2"))))
    assert used(plan) == {"v-1", "v-2"}
    assert {len(order(plan, "v-1")), len(order(plan, "v-2"))} == {2, 3}


def test_all_trips_count_together() -> None:
    question = problem(stops=STOPS, vehicles=(van(capacity=(2,), max_trips=5, limits=limits(stops=3)),))
    assert len(left_out(solve(question))) == 2


def test_a_shipment_is_two_stops() -> None:
    ends = shipment("s-1", km=5, to_km=10)
    assert left_out(solve(problem(stops=ends, vehicles=(van(limits=limits(stops=2)),)))) == set()
    alone = solve(problem(stops=ends, vehicles=(van(limits=limits(stops=1)),)))
    assert left_out(alone) == {"s-1/pickup", "s-1/dropoff"}

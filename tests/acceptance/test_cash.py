"""Cash on board grows with every stop, is handed in at the depot and never passes the limit."""

import pytest

from tests.builders import dropoff, limits, problem, van
from tests.solving import left_out, order, solve, trips, used, visit

STOPS = tuple(dropoff(f"s-{km}", km=km, cash=200) for km in (1, 2, 3))


@pytest.mark.parametrize(("most", "forgotten"), [(600, 0), (599, 1), (399, 2), (199, 3), (None, 0)])
def test_the_limit_is_met_and_never_passed(most: float | None, forgotten: int) -> None:
    plan = solve(problem(stops=STOPS, vehicles=(van(limits=limits(cash=most)),)))
    assert len(left_out(plan)) == forgotten


def test_each_stop_tells_what_is_on_board_after_it() -> None:
    plan = solve(problem(stops=STOPS))
    assert [visit(plan, name).cash for name in order(plan)] == pytest.approx([200, 400, 600])


def test_too_much_for_one_vehicle_takes_two() -> None:
    vehicles = tuple(van(name, limits=limits(cash=400)) for name in ("v-1", "v-2"))
    plan = solve(problem(stops=STOPS, vehicles=vehicles))
    assert left_out(plan) == set()
    assert used(plan) == {"v-1", "v-2"}


def test_coming_back_to_the_depot_hands_the_cash_in() -> None:
    plan = solve(problem(stops=STOPS, vehicles=(van(limits=limits(cash=400), max_trips=2),)))
    assert left_out(plan) == set()
    first, second = trips(plan)
    assert visit(plan, second[0]).cash == pytest.approx(200)
    assert len(first) + len(second) == 3


def test_cash_of_pick_ups_and_drop_offs_is_one_sum_whatever_the_load() -> None:
    """A load may shrink on the way; cash never does."""
    stops = (dropoff("a", km=1, load=(0,), cash=300), dropoff("b", km=2, load=(10,), cash=300))
    assert len(left_out(solve(problem(stops=stops, vehicles=(van(limits=limits(cash=599)),))))) == 1

"""The plan is the cheapest by the request's own prices, where the cheapest can be seen with the naked eye."""

import pytest

from tests.builders import between, dropoff, problem, van
from tests.solving import order, route_of, solve, used


def test_stops_along_one_road_are_served_out_and_back_without_detour() -> None:
    plan = solve(problem(stops=tuple(dropoff(f"s-{km}", km=km) for km in (7, 2, 9, 4, 1, 8))))
    assert plan.cost.total == pytest.approx(18)
    assert route_of(plan).distance == 18_000


@pytest.mark.parametrize(("fixed", "vehicles"), [(169, 2), (171, 1)])
def test_a_second_vehicle_is_worth_its_fixed_cost_or_not(fixed: float, vehicles: int) -> None:
    """Alone, a vehicle is out for 290 minutes, most of them waiting; two are out for an hour each.

    At 60 an hour the second vehicle saves 170.
    """
    question = problem(
        stops=(
            dropoff("a", km=30, windows=(between("08:00", "08:10"),)),
            dropoff("b", km=30, windows=(between("12:00", "12:10"),)),
        ),
        vehicles=tuple(van(name, fixed=fixed, per_km=0, per_hour=60) for name in ("v-1", "v-2")),
    )
    assert len(used(solve(question))) == vehicles


def test_the_vehicle_with_the_lower_price_a_kilometre_goes() -> None:
    question = problem(
        stops=(dropoff("a", km=30), dropoff("b", km=40)),
        vehicles=(van("dear", per_km=3), van("cheap", per_km=1), van("middling", per_km=2)),
    )
    assert used(solve(question)) == {"cheap"}


def test_a_low_fixed_cost_is_for_short_trips_and_a_low_rate_for_long_ones() -> None:
    vehicles = (van("taxi", fixed=0, per_km=4), van("lorry", fixed=100, per_km=1))
    assert used(solve(problem(stops=(dropoff("near", km=5),), vehicles=vehicles))) == {"taxi"}
    assert used(solve(problem(stops=(dropoff("far", km=50),), vehicles=vehicles))) == {"lorry"}


def test_an_hour_costs_what_it_costs_service_and_waiting_included() -> None:
    """Half an hour there, half an hour of service, half an hour back."""
    plan = solve(problem(stops=(dropoff("a", km=30, service=1800),), vehicles=(van(per_km=0, per_hour=60),)))
    assert plan.cost.time == pytest.approx(90)
    assert plan.cost.total == pytest.approx(90)


def test_the_same_seed_and_iterations_find_the_same_plan() -> None:
    question = problem(
        stops=tuple(dropoff(f"s-{n}", km=(7 * n) % 40 + 1, load=(1 + n % 3,)) for n in range(30)),
        vehicles=tuple(van(f"v-{n}", fixed=10) for n in range(8)),
    )
    assert solve(question, seed=7) == solve(question, seed=7)


def test_input_order_does_not_change_what_can_be_done() -> None:
    stops = tuple(dropoff(f"s-{km}", km=km) for km in (3, 1, 4, 15, 9, 2, 6))
    forwards = solve(problem(stops=stops))
    backwards = solve(problem(stops=stops[::-1]))
    assert forwards.cost.total == backwards.cost.total == pytest.approx(30)
    assert set(order(forwards)) == set(order(backwards))

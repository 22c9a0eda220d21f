"""A stop that names its vehicles is served by one of them or not at all."""

from tests.builders import dropoff, problem, van
from tests.solving import left_out, order, solve, used


def test_a_named_vehicle_comes_even_if_it_is_dearer() -> None:
    question = problem(
        stops=(dropoff("a", km=5, allowed=("dear",)), dropoff("b", km=50)),
        vehicles=(van("cheap", per_km=1, capacity=(1,)), van("dear", per_km=5, capacity=(1,))),
    )
    plan = solve(question)
    assert order(plan, "dear") == ["a"]
    assert order(plan, "cheap") == ["b"]


def test_any_of_several_named_vehicles_may_come() -> None:
    question = problem(
        stops=tuple(dropoff(f"s-{n}", km=n + 1, allowed=("v-1", "v-2")) for n in range(4)),
        vehicles=tuple(van(f"v-{n}", capacity=(2,)) for n in range(4)),
    )
    plan = solve(question)
    assert left_out(plan) == set()
    assert used(plan) == {"v-1", "v-2"}


def test_a_stop_for_nobody_is_left_out() -> None:
    question = problem(stops=(dropoff("a", km=5, allowed=()), dropoff("b", km=5)))
    assert left_out(solve(question)) == {"a"}

"""A stop goes to a vehicle that provides all it requires, were it the dearer one."""

from tests.builders import dropoff, problem, van
from tests.solving import left_out, order, solve, used


def test_the_skilled_vehicle_comes_even_if_it_is_dearer() -> None:
    question = problem(
        stops=(dropoff("a", km=5, requires=("cold",)), dropoff("b", km=6)),
        vehicles=(van("cheap", per_km=1), van("reefer", per_km=5, fixed=100, provides=("cold", "fragile"))),
    )
    plan = solve(question)
    assert left_out(plan) == set()
    assert "a" in order(plan, "reefer")


def test_two_skills_are_not_pieced_together_from_two_vehicles() -> None:
    question = problem(
        stops=(dropoff("a", km=5, requires=("cold", "fragile")),),
        vehicles=(van("v-1", provides=("cold",)), van("v-2", provides=("fragile",))),
    )
    assert left_out(solve(question)) == {"a"}


def test_a_skilled_vehicle_is_not_called_where_nothing_is_required() -> None:
    question = problem(
        stops=(dropoff("a", km=5),),
        vehicles=(van("reefer", per_km=5, provides=("cold",)), van("cheap", per_km=1)),
    )
    assert used(solve(question)) == {"cheap"}

"""A whole archipelago with every feature: the referee, whom ``solve`` always asks, has nothing to say."""

import pytest

from router.domain.plan import FerryStep
from tests.acceptance.archipelago import archipelago, days_of_drivers
from tests.builders import at
from tests.solving import left_out, rests, solve


@pytest.mark.parametrize(("engine", "seed"), [("search", 1), ("search", 2), ("search", 3), ("routing", 1)])
def test_all_features_together_make_a_plan_without_fault(engine: str, seed: int) -> None:
    plan = solve(archipelago(), engine=engine, seed=seed, iterations=5_000)
    required = {stop.id for stop in archipelago().stops if stop.required}
    assert not left_out(plan) & required
    assert plan.totals.served + plan.totals.unserved == len(archipelago().stops)


def test_the_deck_to_the_island_is_never_crowded() -> None:
    plan = solve(archipelago(), iterations=5_000)
    taken = [
        step.sailing_id
        for route in plan.routes
        if not route.vehicle_id.startswith("bike")
        for step in route.steps
        if isinstance(step, FerryStep) and step.line_id in ("s-t", "t-s")
    ]
    assert len(taken) == len(set(taken))
    assert at("08:00") not in {step.departs_at for step in plan.crossings() if step.line_id == "s-t"}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_days_of_drivers_make_a_plan_without_fault_too(seed: int) -> None:
    """Of a shipment either both ends are served or none, and somebody has tea or lunch."""
    plan = solve(days_of_drivers(), seed=seed, iterations=5_000)
    assert plan.totals.served + plan.totals.unserved == len(days_of_drivers().stops)
    assert any(rests(plan, route.vehicle_id) for route in plan.routes)
    for name in ("inland", "over"):
        assert len(left_out(plan) & {f"{name}/pickup", f"{name}/dropoff"}) != 1

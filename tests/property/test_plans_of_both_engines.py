"""On 500 generated archipelagos neither engine ever makes a plan that the referee objects to."""

import pytest

from router.checking import check
from router.domain.plan import ReasonCode, StopStep
from tests.property.plans import CHUNKS, plans
from tests.solving import ENGINES

both = pytest.mark.parametrize("engine", ENGINES)
in_chunks = pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")


@both
@in_chunks
def test_the_referee_is_silent(engine: str, seeds: range) -> None:
    """Times, loads, ferries, decks, costs and totals: all are as the referee computes them."""
    for seed, instance, plan in plans(seeds, engine):
        violations = check(instance.problem, instance.travel.matrix, plan)
        assert violations == (), f"archipelago {seed}"


@both
@in_chunks
def test_every_stop_is_served_once_or_refused_once_with_a_reason(engine: str, seeds: range) -> None:
    """Nobody is forgotten or visited twice, and each reason names its vehicles, each in one reason only."""
    for seed, instance, plan in plans(seeds, engine):
        served = [s.stop_id for route in plan.routes for s in route.steps if isinstance(s, StopStep)]
        refused = [entry.stop_id for entry in plan.unserved]
        assert sorted(served + refused) == sorted(s.id for s in instance.problem.stops), f"archipelago {seed}"
        for entry in plan.unserved:
            named = [vehicle for reason in entry.reasons for vehicle in reason.vehicle_ids]
            assert sorted(named) == sorted(v.id for v in instance.problem.vehicles), f"archipelago {seed}"


@both
@in_chunks
def test_the_reasons_agree_with_the_request(engine: str, seeds: range) -> None:
    """A skill is missing, a list excludes, a load is too large exactly for the vehicles that it is said of."""
    for seed, instance, plan in plans(seeds, engine):
        problem = instance.problem
        for entry in plan.unserved:
            stop = problem.stop(entry.stop_id)
            for reason in entry.reasons:
                for vehicle in map(problem.vehicle, reason.vehicle_ids):
                    fits = all(
                        limit is None or load <= limit
                        for load, limit in zip(stop.load, vehicle.capacity, strict=True)
                    )
                    may_not = reason.code in (ReasonCode.SKILL, ReasonCode.VEHICLE_NOT_ALLOWED)
                    assert may_not is not problem.may_serve(vehicle, stop), f"archipelago {seed}: {reason}"
                    assert may_not or (reason.code is ReasonCode.CAPACITY) is not fits, f"{seed}: {reason}"

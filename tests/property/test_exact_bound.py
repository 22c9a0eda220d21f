"""The bounds of the proof hold: no best plan costs less, and none does what is called too dear for it."""

from collections.abc import Callable

import pytest
from ortools.sat.python import cp_model

from benchmarks.eventful import eventful, plain
from router.domain.problem import Problem
from router.solver.exact.bound import Bound
from router.solver.exact.build import build
from router.solver.exact.cost import cost_of
from router.solver.exact.model import Model
from router.travel.matrix import TravelMatrix
from router.travel.travel import Travel

CENT = 0.01
SEEDS = range(40)
MOST_STOPS = 6
Maker = Callable[[int, int], tuple[Problem, TravelMatrix]]


def solved(model: Model) -> tuple[cp_model.CpSolver, int, float]:
    """Return the best plan that CP-SAT finds on its own, with required stops left out and cost."""
    objective, scale = cost_of(model)
    required = [x for stop, x in zip(model.problem.stops, model.missing, strict=True) if stop.required]
    left_out = cp_model.LinearExpr.sum(required)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    model.cp.minimize(left_out)
    assert solver.solve(model.cp) == cp_model.OPTIMAL
    fewest = round(solver.objective_value)
    model.cp.add(left_out <= fewest)
    model.cp.minimize(objective)
    assert solver.solve(model.cp) == cp_model.OPTIMAL
    return solver, fewest, solver.objective_value / scale.factor


@pytest.mark.parametrize("make", [plain, eventful])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_plan_is_within_the_bounds(make: Maker, seed: int) -> None:
    problem, matrix = make(seed, MOST_STOPS)
    model = build(problem, Travel(problem, matrix))
    limits = Bound(model)
    solver, missing, cost = solved(model)
    assert limits.fewest <= missing
    assert limits.least(missing) <= cost + CENT
    served = {node for node, left_out in enumerate(model.missing, 1) if not solver.boolean_value(left_out)}
    assert set(limits.must_serve(missing, cost + CENT)) <= served
    too_dear = set(limits.too_dear(missing, cost + CENT))
    for driver, kind in zip(model.fleet, model.type_of, strict=True):
        visited = {node for node in driver.network.stops if solver.boolean_value(driver.visits[node])}
        assert not {(kind, node) for node in visited} & too_dear


def test_the_bound_is_mostly_the_best_there_is() -> None:
    """Where nobody waits or rests it is exact, and the search's plan is proven without further ado."""
    exact = 0
    for seed in SEEDS:
        problem, matrix = plain(seed, MOST_STOPS)
        model = build(problem, Travel(problem, matrix))
        limits = Bound(model)
        _, missing, cost = solved(model)
        exact += limits.fewest == missing and limits.least(missing) >= cost - CENT
    assert exact > len(SEEDS) // 2

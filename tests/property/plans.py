"""Plans of generated archipelagos, made like the service makes them: searched, timed, explained."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import cast

from benchmarks.archipelagos import small
from benchmarks.reading import Instance, read
from router.domain.plan import Plan, SolverReport
from router.domain.search import Budget
from router.domain.units import Seconds
from router.ports import Solver
from router.scheduling import schedule
from router.solver.explain import explain
from tests.solving import AMPLE, ENGINES

ARCHIPELAGOS = 500
PER_TEST = 50
CHUNKS = [range(first, first + PER_TEST) for first in range(0, ARCHIPELAGOS, PER_TEST)]
"""The seeds, cut so that a failure is found soon; a failing test names its seed."""

ITERATIONS = 300


@cache
def archipelago(seed: int) -> Instance:
    """Return the archipelago of a seed: 1 to 40 stops on 1 to 5 islands, with features as the seed has it."""
    return read(small(seed))


@cache
def plan_of(seed: int, engine: str) -> Plan:
    """Return the plan that an engine finds for a seed in a few iterations, with reasons and report."""
    instance = archipelago(seed)
    problem, travel = instance.problem, instance.travel
    budget = Budget(time_limit=Seconds(AMPLE), iteration_limit=ITERATIONS, seed=seed)
    solver = cast("Solver", import_module(ENGINES[engine]))
    outcome = solver.propose(problem, travel, budget, lambda _: None, lambda: False)
    plan = schedule(problem, travel, outcome.proposal)
    reasons = explain(problem, travel, outcome.proposal)
    report = SolverReport(
        seed=seed,
        iterations=outcome.iterations,
        stopped_by=outcome.stopped_by,
        engine=outcome.engine,
        version="test",
    )
    unserved = tuple(replace(entry, reasons=reasons[entry.stop_id]) for entry in plan.unserved)
    return replace(plan, unserved=unserved, solver=report)


def plans(seeds: range, engine: str) -> Iterator[tuple[int, Instance, Plan]]:
    """Yield the plans of some seeds with their questions."""
    for seed in seeds:
        yield seed, archipelago(seed), plan_of(seed, engine)

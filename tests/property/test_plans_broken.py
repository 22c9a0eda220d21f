"""Good plans of generated archipelagos, broken in one way per rule: the referee finds every one."""

from collections.abc import Iterable

import pytest

from benchmarks.eventful import eventful
from router.checking import check
from router.domain.plan import Plan
from router.domain.problem import Problem
from router.travel.matrix import TravelMatrix
from tests.mutations import MUTATORS, mutations
from tests.property.plans import CHUNKS, plans
from tests.solving import solve

EVENTFUL = range(60)
MOST_STOPS = 40


def broken_rules(questions: Iterable[tuple[int, Problem, TravelMatrix, Plan]]) -> set[str]:
    """Break each plan in every way that applies to it, and return the rules that the referee has named."""
    broken: set[str] = set()
    for seed, problem, matrix, plan in questions:
        for rule, bad in mutations(problem, plan):
            found = {violation.rule for violation in check(problem, matrix, bad)}
            assert rule in found, f"archipelago {seed}"
            broken.add(rule)
    return broken


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")
def test_each_broken_rule_is_named(seeds: range) -> None:
    found = broken_rules(
        (seed, instance.problem, instance.travel.matrix, plan)
        for seed, instance, plan in plans(seeds, "search")
    )
    assert len(found) > len(MUTATORS) // 2


def test_days_with_everything_in_them_break_every_rule_there_is() -> None:
    """Breaks, trips, cash, limits, releases, shipments, locks and tickets; no rule goes without a broken plan."""

    def searched() -> Iterable[tuple[int, Problem, TravelMatrix, Plan]]:
        for seed in EVENTFUL:
            problem, matrix = eventful(seed, MOST_STOPS)
            yield seed, problem, matrix, solve(problem, matrix=matrix, iterations=400)

    assert broken_rules(searched()) == set(MUTATORS)

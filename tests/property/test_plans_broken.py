"""Good plans of generated archipelagos, broken in one way per rule: the referee finds every one."""

import pytest

from router.checking import check
from tests.mutations import MUTATORS, mutations
from tests.property.plans import CHUNKS, plans


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")
def test_each_broken_rule_is_named(seeds: range) -> None:
    """Whatever applies to a plan is broken in it; together the seeds break every rule there is."""
    broken: set[str] = set()
    for seed, instance, plan in plans(seeds, "search"):
        for rule, bad in mutations(instance.problem, plan):
            found = {violation.rule for violation in check(instance.problem, instance.travel.matrix, bad)}
            assert rule in found, f"archipelago {seed}"
            broken.add(rule)
    assert broken == set(MUTATORS)

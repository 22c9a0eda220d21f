"""Ways to break a good plan, one rule at a time, that work on any problem.

``mutations(problem, plan)`` breaks the plan in every way that applies to it. The rule named beside a broken
plan must be among those that the referee finds broken; others may be too, since few faults come alone.
"""

from itertools import islice

from router.domain.plan import Plan
from router.domain.problem import Problem
from tests.mutators import days, ferries, loads, sums, times, visits
from tests.mutators.editing import Mutator

MUTATORS: dict[str, tuple[Mutator, ...]] = {
    **visits.MUTATORS,
    **times.MUTATORS,
    **days.MUTATORS,
    **loads.MUTATORS,
    **ferries.MUTATORS,
    **sums.MUTATORS,
}
"""The mutators of every rule of the referee."""


def mutations(problem: Problem, plan: Plan) -> list[tuple[str, Plan]]:
    """Return the plan broken once by every mutator that applies, each with the rule that is broken."""
    return [
        (rule, broken)
        for rule, mutators in MUTATORS.items()
        for mutator in mutators
        for broken in islice(mutator(problem, plan), 1)
    ]

"""Do with the vehicles that are out: rounds that look for a place for every required stop, not for a cheaper plan.

A plan that leaves fewer stops out, or stops that were left out less often so far, is accepted whatever it costs: what
is hard to place gets its place in time, and what is easy makes room (Christiaens and Vanden Berghe, Slack Induction by
String Removals, Transportation Science 54(2), 2020, section 5.4).
"""

import numpy as np

from router.solver.kernel.compiled import compiled
from router.solver.kernel.log import improves, keep, undo, write_best
from router.solver.kernel.model import (
    ABSENT,
    COST,
    LOGGED_ABSENT,
    LOGGED_COST,
    MISSING,
    Ints,
    Model,
    State,
)
from router.solver.kernel.search import redo, tolerance


@compiled
def _absences(model: Model, state: State, stops: Ints, size: int) -> int:
    """Return how often in all the required ones of the first ``size`` entries of ``stops`` have been missing."""
    total = 0
    for k in range(size):
        if model.required[stops[k]]:
            total += state.absences[stops[k]] + 1
    return total


@compiled
def place_all(model: Model, state: State, iterations: int, temperature: float) -> bool:
    """Do up to ``iterations`` rounds; return whether every required stop is in a route before they are over."""
    for _ in range(iterations):
        if state.counter[MISSING] == 0:
            return True
        if redo(model, state, np.inf):
            before = _absences(model, state, state.log_absent, state.counter[LOGGED_ABSENT])
            after = _absences(model, state, state.absent, state.counter[ABSENT])
            change = state.value[COST] - state.value[LOGGED_COST]
            if after < before or (after == before and change < tolerance(state, temperature)):
                keep(state)
                if improves(state):
                    write_best(model, state)
            else:
                undo(model, state)
        for k in range(state.counter[ABSENT]):
            state.absences[state.absent[k]] += 1
    return state.counter[MISSING] == 0

"""Two stops that may go together where neither may go alone.

Roads need not obey the triangle inequality, so that a stop on the way can make a route shorter; and a trip over
water may be worth it for two that is not for one.
"""

import numpy as np

from router.solver.kernel.compiled import compiled
from router.solver.kernel.insertion import begin_judging, end_judging
from router.solver.kernel.model import (
    ITERATION,
    LENGTH,
    MOST_STOPS,
    NONE,
    TYPE,
    WORK,
    Model,
    State,
)
from router.solver.kernel.pairs import best_pair
from router.solver.kernel.rng import below
from router.solver.kernel.ruin import touch
from router.solver.kernel.trial import holds, put_pair, withdraw

OTHERS_MOST, VEHICLES_MOST = 4, 12
"""Most stops and most vehicles that are tried together with a stop."""


@compiled
def insert_in_company(model: Model, state: State, c: int, lenient: bool) -> bool:
    """Insert stop ``c`` with another one that is absent, where that is cheapest; return whether it was."""
    vehicles, size = state.tour.shape[0], state.counter[WORK]
    best, chosen, other, first_place, second_place, swapped = np.inf, NONE, NONE, NONE, NONE, False
    if model.node[c].mate != NONE or model.node[c].lock != NONE:
        return False
    start, first = below(state.random, size), below(state.random, vehicles)
    tried = 0
    for q in range(size):
        mate = state.work[(start + q) % size]
        if mate == c or state.at[mate].route != NONE or model.node[mate].mate != NONE:
            continue
        if tried == OTHERS_MOST:
            break
        tried += 1
        bar = np.inf
        if not (lenient or model.required[c] or model.required[mate]):
            bar = model.penalty[c] + model.penalty[mate]
        for k in range(min(vehicles, VEHICLES_MOST)):
            v = (first + k) % vehicles
            kind, tour = model.vehicle[v, TYPE], state.tour
            if not (model.allowed[c, kind] and model.allowed[mate, kind]):
                continue
            if tour[v, LENGTH] + 2 > tour[v, MOST_STOPS]:
                continue
            if tour[v, LENGTH] == 0 and state.shut[kind] == state.counter[ITERATION]:
                continue
            own = begin_judging(model, state, v)
            for turn in range(2):
                a, b = (c, mate) if turn == 0 else (mate, c)
                cost, i, j = best_pair(model, state, v, a, b, min(best, bar))
                if i != NONE:
                    best, chosen, other, swapped = cost, v, mate, turn == 1
                    first_place, second_place = i, j
            end_judging(model, state, v, own)
    if chosen == NONE:
        return False
    touch(model, state, chosen)
    a, b = (other, c) if swapped else (c, other)
    put_pair(state, chosen, a, first_place, b, second_place)
    if holds(model, state, chosen):
        return True
    withdraw(model, state, chosen, a, b)
    return False

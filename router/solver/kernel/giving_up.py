"""Whether a round is past hope: its plan will cost more than would be accepted, whatever the stops still to come cost.

How much dearer a plan may be is drawn before the round. What a stop costs is judged when it is inserted; one still to
come costs nothing at best, or saves what it costs to leave it out if it was left out before the round.
"""

import numpy as np

from router.solver.kernel.compiled import compiled
from router.solver.kernel.model import (
    BAR,
    ITERATION,
    LENGTH,
    LOGGED_TOURS,
    NEEDS_LABELS,
    NONE,
    SPENT,
    WORK,
    Model,
    State,
)
from router.solver.kernel.route import plain_cost
from router.solver.kernel.trial import resettle


@compiled
def exact_cost(model: Model, state: State, v: int) -> float:
    """Return the cost of refreshed route ``v``, infinite where it cannot be driven; it takes the crossings of that."""
    if state.tour[v, NEEDS_LABELS] == 1 and state.tour[v, LENGTH] > 0:
        return resettle(model, state, v)
    return plain_cost(model, state, v)


@compiled
def open_account(model: Model, state: State, bar: float) -> None:
    """Note what the ruin of this round saves, and that no more than ``bar`` may be spent in all."""
    spent = 0.0
    if bar < np.inf:
        for k in range(state.counter[LOGGED_TOURS]):
            v = state.log_tour[k, 0]
            spent += exact_cost(model, state, v) - state.cost[v]
    state.value[SPENT], state.value[BAR] = spent, bar
    if not spent < np.inf:
        # A route that cannot be driven as it is left may yet be mended.
        state.value[BAR] = np.inf


@compiled
def absence_cost(model: Model, c: int) -> float:
    """Return what leaving out stop ``c`` costs, and the other end of its shipment."""
    mate = model.node[c].mate
    cost = model.penalty[c] + (model.big[0] if model.required[c] else 0.0)
    if mate != NONE:
        cost += model.penalty[mate] + (model.big[0] if model.required[mate] else 0.0)
    return cost


@compiled
def hope(model: Model, state: State) -> float:
    """Return what is saved if all stops to insert that were left out before this round find a place at no cost."""
    total = 0.0
    for k in range(state.counter[WORK]):
        c = state.work[k]
        if state.taken[c] != state.counter[ITERATION] and model.node[c].is_drop == 0:
            total += absence_cost(model, c)
    return total

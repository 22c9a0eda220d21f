"""Kicks: what changes who crosses, done whatever it costs, and judged only when the rounds after it have mended it."""

from router.solver.kernel.bold import relieve
from router.solver.kernel.compiled import compiled
from router.solver.kernel.model import ABSENT, RESCUE, SEED, Model, State
from router.solver.kernel.rng import below, uniform
from router.solver.kernel.split import split_water
from router.solver.kernel.trade import trade_routes, trade_water
from router.solver.kernel.way import make_way

TRADE_WATER, TRADE_ROUTES, SPLIT_WATER, MAKE_WAY, RELIEVE = 1, 2, 3, 4, 5
"""Kinds of kicks. The last two are for the sake of a stop that is left out."""


@compiled
def traded(model: Model, state: State) -> bool:
    """Ruin the plan with one of the three kinds of trade, drawn at random; return whether there is one that holds."""
    draw = uniform(state.random)
    if draw < 1 / 3:
        return trade_routes(model, state)
    if draw < 2 / 3:
        return trade_water(model, state)
    return split_water(model, state)


@compiled
def kicked(model: Model, state: State, kind: int) -> bool:
    """Ruin the plan with a kick of that kind; return whether there is one and the rest still holds."""
    absent = state.counter[ABSENT]
    c = (
        state.absent[below(state.random, absent)]
        if absent > 0
        else below(state.random, model.penalty.shape[0])
    )
    state.counter[SEED] = c
    if kind == TRADE_WATER:
        return trade_water(model, state)
    if kind == TRADE_ROUTES:
        return trade_routes(model, state)
    if kind == SPLIT_WATER:
        return split_water(model, state)
    if absent == 0:
        return False
    if kind == MAKE_WAY:
        state.counter[RESCUE] = 1
        return make_way(model, state, c)
    return relieve(model, state, c)

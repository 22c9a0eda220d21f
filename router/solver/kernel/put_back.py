"""Put the stops of a round back, one after the other, until all had their turn or the round is past hope."""

import numpy as np

from router.solver.kernel.company import insert_in_company
from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.giving_up import absence_cost, hope
from router.solver.kernel.model import (
    ABSENT,
    ATTEMPT,
    BAR,
    ITERATION,
    NONE,
    SPENT,
    TOUCHED,
    WORK,
    Model,
    State,
)
from router.solver.kernel.recreate import ALL_ROUTES, NEIGHBOURS, THEIR_ROUTES, WHOLE_ROUTES, find_place
from router.solver.kernel.rng import uniform
from router.solver.kernel.ruin import touch
from router.solver.kernel.trial import holds, put, put_pair, withdraw

TRIES = 3
"""Routes tried for one stop where breaks, decks or durations upset what was judged."""


@inlined
def _insert(model: Model, state: State, c: int, bar: float, thorough: float) -> float:
    """Put stop ``c`` where it costs least and the route holds; return what it costs as judged, or infinity."""
    at, node = state.at, model.node
    # Windows may leave no place beside a neighbour and one at another time of the same route.
    scope = NEIGHBOURS if state.failed[c] == 1 and at.shape[0] > WHOLE_ROUTES else THEIR_ROUTES
    spent = np.inf
    for _ in range(TRIES):
        cost, v, i, way = find_place(model, state, c, bar, scope)
        if v == NONE and scope == NEIGHBOURS:
            cost, v, i, way = find_place(model, state, c, bar, THEIR_ROUTES)
        if v == NONE and uniform(state.random) < thorough:
            cost, v, i, way = find_place(model, state, c, bar, ALL_ROUTES)
        if v == NONE:
            break
        if state.tour[v, TOUCHED] == 0:
            touch(model, state, v)
        if node[c].mate != NONE:
            put_pair(state, v, c, i, node[c].mate, way)
        else:
            put(model, state, v, c, i, way)
        if holds(model, state, v):
            spent = cost
            break
        # What was judged in haste does not hold: put the route back and look elsewhere.
        withdraw(model, state, v, c, node[c].mate)
        state.barred[v] = state.counter[ATTEMPT]
    return spent


@inlined
def _strike_off(state: State) -> None:
    """Take the stops that have found a place off the list of those left out."""
    kept = 0
    for k in range(state.counter[ABSENT]):
        c = state.absent[k]
        if state.at[c].route == NONE:
            state.absent[kept] = c
            kept += 1
    state.counter[ABSENT] = kept


@compiled
def insert_all(model: Model, state: State, lenient: bool, thorough: float, company: float) -> bool:
    """Insert the stops of ``work`` in order; ``lenient`` inserts optional ones at any price.

    ``thorough`` is the chance that a stop for which no place was found is tried in every route, ``company`` that
    it is tried together with another. Returns ``False``, and leaves the rest, once the round is past hope.
    """
    at, node, value = state.at, model.node, state.value
    hoped = hope(model, state)
    for k in range(state.counter[WORK]):
        c = state.work[k]
        if value[SPENT] - hoped > value[BAR]:
            return False
        if node[c].is_drop == 1:
            continue
        before = state.taken[c] != state.counter[ITERATION]
        saved = absence_cost(model, c)
        if before:
            hoped -= saved
        if at[c].route != NONE:
            continue
        state.counter[ATTEMPT] += 1
        state.failed[c] += 1
        bar = np.inf if lenient or model.required[c] else model.penalty[c]
        spent = _insert(model, state, c, bar, thorough)
        if spent < np.inf:
            value[SPENT] += spent - (saved if before else 0.0)
        elif not before:
            value[SPENT] += saved
        if at[c].route == NONE and uniform(state.random) < company:
            # Who else finds a place with it may have been counted as left out.
            value[BAR] = np.inf if insert_in_company(model, state, c, lenient) else value[BAR]
        if at[c].route != NONE:
            state.failed[c] = 0
    _strike_off(state)
    return True

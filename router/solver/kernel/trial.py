"""Put stops into a route for a try: link them in, see whether the route holds, and take them out again if not."""

import numpy as np

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.labels import settle
from router.solver.kernel.model import (
    BREAK_0,
    BREAK_N,
    DECK,
    FIRST_CROSSED,
    MOST_DURATION,
    NEEDS_LABELS,
    NEVER,
    NONE,
    Model,
    State,
)
from router.solver.kernel.route import add_to_decks, drop_empty_trips, link, spare_reload, unlink
from router.solver.kernel.sweeps import refresh

AFTER_NODE, NEW_TRIP, FIRST_TRIP = 0, 1, 2
"""How a stop goes in: after a node; after it behind a reload; after the start before a reload."""


@inlined
def put(model: Model, state: State, v: int, c: int, i: int, way: int) -> None:
    """Link stop ``c`` into route ``v`` after node ``i``, with a reload where its ``way`` asks for one."""
    at = state.at
    if way != AFTER_NODE:
        reload = spare_reload(model, state, v)
        link(at, v, i, reload, at[i].next)
        if way == NEW_TRIP:
            i = reload
    link(at, v, i, c, at[i].next)


@compiled
def put_pair(state: State, v: int, c: int, i: int, mate: int, k: int) -> None:
    """Link stop ``c`` into route ``v`` after node ``i``, and ``mate`` after node ``k``, which may be ``c``."""
    link(state.at, v, i, c, state.at[i].next)
    link(state.at, v, k, mate, state.at[k].next)


@compiled
def resettle(model: Model, state: State, v: int) -> float:
    """Cost refreshed route ``v`` exactly beside all others; from here on it holds the deck slots that this takes."""
    limited = state.deck_free.shape[0] > 1
    if limited:
        add_to_decks(model, state, v, model.vehicle[v, DECK])
    cost = settle(model, state, v)
    if not cost < np.inf:
        state.tour[v, FIRST_CROSSED] = NONE
    elif limited:
        add_to_decks(model, state, v, -model.vehicle[v, DECK])
    return cost


@inlined
def holds(model: Model, state: State, v: int) -> bool:
    """Refresh route ``v``; with breaks or a longest duration over water, cost it exactly too."""
    sound = refresh(model, state, v)
    strict = model.vehicle[v, BREAK_N] > model.vehicle[v, BREAK_0] or state.tour[v, MOST_DURATION] < NEVER
    if sound and strict and state.tour[v, NEEDS_LABELS] == 1:
        sound = resettle(model, state, v) < np.inf
    return sound


@compiled
def withdraw(model: Model, state: State, v: int, c: int, mate: int) -> None:
    """Take stop ``c``, and ``mate`` unless that is NONE, out of route ``v`` again."""
    unlink(state.at, c)
    if mate != NONE:
        unlink(state.at, mate)
    drop_empty_trips(model, state, v)
    refresh(model, state, v)

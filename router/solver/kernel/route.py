"""Routes as linked lists: links, windows of a node, deck slots, and the cost of plain routes."""

from router.solver.kernel.compiled import compiled
from router.solver.kernel.model import (
    CHANGING,
    CROSSED,
    DECK,
    DRIVE_IN,
    DURATION,
    END,
    FIRST_CROSSED,
    FIRST_START,
    FIXED,
    INNER,
    LAST_END,
    LENGTH,
    METERS,
    NEVER,
    NEXT,
    NEXT_CROSSED,
    NONE,
    PER_METER,
    PER_SECOND,
    PREV,
    RANK,
    RELOAD_0,
    RELOAD_N,
    ROUTE,
    SAILING_0,
    START,
    TYPE,
    WINDOW_0,
    WINDOW_N,
    Ints,
    Model,
    State,
)


@compiled
def begin_from(node: Ints, window: Ints, i: int, instant: int) -> int:
    """Return the first instant at or after ``instant`` at which service at ``i`` may begin, or NEVER."""
    if instant <= node[i, FIRST_START]:
        return node[i, FIRST_START]
    for w in range(node[i, WINDOW_0], node[i, WINDOW_N]):
        if instant <= window[w, 1]:
            return max(instant, window[w, 0])
    return NEVER


@compiled
def begin_until(node: Ints, window: Ints, i: int, instant: int) -> int:
    """Return the last instant at or before ``instant`` at which service at ``i`` may begin, or -NEVER."""
    if instant >= node[i, LAST_END]:
        return node[i, LAST_END]
    for w in range(node[i, WINDOW_N] - 1, node[i, WINDOW_0] - 1, -1):
        if instant >= window[w, 0]:
            return min(instant, window[w, 1])
    return -NEVER


@compiled
def window_end(node: Ints, window: Ints, i: int, instant: int) -> int:
    """Return the end of the window of ``i`` that holds ``instant``."""
    for w in range(node[i, WINDOW_0], node[i, WINDOW_N]):
        if instant <= window[w, 1]:
            return window[w, 1]
    return NEVER


@compiled
def link(at: Ints, v: int, before: int, i: int, after: int) -> None:
    """Put node ``i`` of route ``v`` between two neighbours."""
    at[before, NEXT] = i
    at[i, PREV] = before
    at[i, NEXT] = after
    at[after, PREV] = i
    at[i, ROUTE] = v
    at[i, DRIVE_IN] = at[after, DRIVE_IN] = NONE


@compiled
def unlink(at: Ints, i: int) -> None:
    """Take node ``i`` out of its route."""
    before, after = at[i, PREV], at[i, NEXT]
    at[before, NEXT] = after
    at[after, PREV] = before
    at[i, ROUTE] = at[after, DRIVE_IN] = NONE


@compiled
def offer(model: Model, state: State, v: int) -> None:
    """Let ``unused_vehicle`` find vehicle ``v`` again where it has no route."""
    if state.tour[v, LENGTH] == 0:
        kind = model.vehicle[v, TYPE]
        state.hint[kind] = min(state.hint[kind], model.vehicle[v, RANK])


@compiled
def plain_cost(model: Model, state: State, v: int) -> float:
    """Return the exact cost of a refreshed route without crossings and with one window a node."""
    if state.tour[v, LENGTH] == 0:
        return 0.0
    rate, tour = model.rate, state.tour
    return rate[v, FIXED] + rate[v, PER_METER] * tour[v, METERS] + rate[v, PER_SECOND] * tour[v, DURATION]


@compiled
def add_to_decks(model: Model, state: State, v: int, slots: int) -> None:
    """Give back (``slots`` = need) or take (``slots`` = -need) the deck room of route ``v``'s crossings."""
    if state.tour[v, LENGTH] == 0:
        # An unused vehicle stays at home, even where its depots lie on different land.
        return
    at = state.at
    i = state.tour[v, FIRST_CROSSED]
    while i != NONE:
        x = at[i, CROSSED]
        for leg in range(SAILING_0, SAILING_0 + 3):
            sailing = model.crossing[x, leg]
            if sailing > 0:
                state.deck_free[sailing] += slots
        i = at[i, NEXT_CROSSED]


@compiled
def release(model: Model, state: State, v: int) -> None:
    """Give back the deck slots that route ``v`` holds."""
    if state.deck_free.shape[0] > 1:
        add_to_decks(model, state, v, model.vehicle[v, DECK])
    state.tour[v, FIRST_CROSSED] = NONE


@compiled
def clear_route(model: Model, state: State, v: int) -> None:
    """Make route ``v`` empty: its start node is followed by its end node, its reload nodes stand by."""
    at = state.at
    for i in range(model.vehicle[v, RELOAD_0], model.vehicle[v, RELOAD_N]):
        at[i, ROUTE] = NONE
    start, end = model.vehicle[v, START], model.vehicle[v, END]
    for column in range(CHANGING):
        at[start, column] = at[end, column] = NONE
    at[start, NEXT], at[end, PREV] = end, start
    at[start, ROUTE] = at[end, ROUTE] = v
    state.tour[v, LENGTH] = state.tour[v, INNER] = 0
    state.tour[v, FIRST_CROSSED] = NONE


@compiled
def spare_reload(model: Model, state: State, v: int) -> int:
    """Return a reload node of vehicle ``v`` that is in no use, or NONE."""
    for i in range(model.vehicle[v, RELOAD_0], model.vehicle[v, RELOAD_N]):
        if state.at[i, ROUTE] == NONE:
            return i
    return NONE


@compiled
def drop_empty_trips(model: Model, state: State, v: int) -> None:
    """Take out the reload nodes of route ``v`` that no stop follows, or that follow no stop."""
    at, stops = state.at, model.penalty.shape[0]
    for i in range(model.vehicle[v, RELOAD_0], model.vehicle[v, RELOAD_N]):
        if at[i, ROUTE] == v and (at[i, PREV] >= stops or at[i, NEXT] >= stops):
            unlink(at, i)

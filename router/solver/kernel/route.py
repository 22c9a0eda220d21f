"""Routes as linked lists: links, windows of a node, deck slots, and the cost of plain routes."""

from router.solver.kernel.compiled import compiled
from router.solver.kernel.model import (
    DECK,
    DURATION,
    END,
    FIRST_CROSSED,
    FIXED,
    INNER,
    LENGTH,
    METERS,
    NEVER,
    NONE,
    PER_METER,
    PER_SECOND,
    RANK,
    RELOAD_0,
    RELOAD_N,
    SAILING_0,
    START,
    TYPE,
    Ints,
    Model,
    Records,
    State,
)


@compiled
def begin_from(node: Records, window: Ints, i: int, instant: int) -> int:
    """Return the first instant at or after ``instant`` at which service at ``i`` may begin, or NEVER."""
    if instant <= node[i].first_start:
        return node[i].first_start
    if node[i].window_n - node[i].window_0 == 1:
        return instant if instant <= node[i].last_end else NEVER
    for w in range(node[i].window_0, node[i].window_n):
        if instant <= window[w, 1]:
            return max(instant, window[w, 0])
    return NEVER


@compiled
def begin_until(node: Records, window: Ints, i: int, instant: int) -> int:
    """Return the last instant at or before ``instant`` at which service at ``i`` may begin, or -NEVER."""
    if instant >= node[i].last_end:
        return node[i].last_end
    if node[i].window_n - node[i].window_0 == 1:
        return instant if instant >= node[i].first_start else -NEVER
    for w in range(node[i].window_n - 1, node[i].window_0 - 1, -1):
        if instant >= window[w, 0]:
            return min(instant, window[w, 1])
    return -NEVER


@compiled
def window_end(node: Records, window: Ints, i: int, instant: int) -> int:
    """Return the end of the window of ``i`` that holds ``instant``."""
    for w in range(node[i].window_0, node[i].window_n):
        if instant <= window[w, 1]:
            return window[w, 1]
    return NEVER


@compiled
def link(at: Records, v: int, before: int, i: int, after: int) -> None:
    """Put node ``i`` of route ``v`` between two neighbours."""
    at[before].next = i
    at[i].prev = before
    at[i].next = after
    at[after].prev = i
    at[i].route = v
    at[i].drive_in = at[after].drive_in = NONE


@compiled
def unlink(at: Records, i: int) -> None:
    """Take node ``i`` out of its route."""
    before, after = at[i].prev, at[i].next
    at[before].next = after
    at[after].prev = before
    at[i].route = at[after].drive_in = NONE


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
        x = at[i].crossed
        for leg in range(SAILING_0, SAILING_0 + 3):
            sailing = model.crossing[x, leg]
            if sailing > 0:
                state.deck_free[sailing] += slots
        i = at[i].next_crossed


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
        at[i].route = NONE
    start, end = model.vehicle[v, START], model.vehicle[v, END]
    at[start] = state.blank[0]
    at[end] = state.blank[0]
    at[start].next, at[end].prev = end, start
    at[start].route = at[end].route = v
    state.tour[v, LENGTH] = state.tour[v, INNER] = 0
    state.tour[v, FIRST_CROSSED] = NONE


@compiled
def spare_reload(model: Model, state: State, v: int) -> int:
    """Return a reload node of vehicle ``v`` that is in no use, or NONE."""
    for i in range(model.vehicle[v, RELOAD_0], model.vehicle[v, RELOAD_N]):
        if state.at[i].route == NONE:
            return i
    return NONE


@compiled
def drop_empty_trips(model: Model, state: State, v: int) -> None:
    """Take out the reload nodes of route ``v`` that no stop follows, or that follow no stop."""
    at, stops = state.at, model.penalty.shape[0]
    for i in range(model.vehicle[v, RELOAD_0], model.vehicle[v, RELOAD_N]):
        if at[i].route == v and (at[i].prev >= stops or at[i].next >= stops):
            unlink(at, i)

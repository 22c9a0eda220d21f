"""Which place of a route suits a stop best: of all, or of those beside the stop's neighbours, ferries and depots."""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import (
    ANYWHERE,
    DECK,
    EARLY,
    END,
    FIRST_CROSSED,
    LAST_END,
    LENGTH,
    LOCK,
    LOCK_RANK,
    MASS,
    NEEDS_LABELS,
    NEVER,
    NEXT,
    NEXT_CROSSED,
    NONE,
    POSITION,
    PREV,
    PROFILE,
    RELOAD_0,
    RELOAD_N,
    ROUTE,
    STAMP,
    START,
    Model,
    State,
)
from router.solver.kernel.place import on_land, over_water
from router.solver.kernel.route import add_to_decks
from router.solver.kernel.water import one_land


@compiled
def locked_span(model: Model, state: State, v: int, c: int) -> tuple[int, int]:
    """Return the positions between which a locked stop may follow a node of route ``v``: from, and up to."""
    low, high = -1, NEVER
    at, lock = state.at, state.at[c, LOCK]
    if lock != NONE:
        i = at[model.vehicle[v, START], NEXT]
        while i != NONE:
            if at[i, LOCK] == lock and i < model.penalty.shape[0]:
                if at[i, LOCK_RANK] < at[c, LOCK_RANK]:
                    low = at[i, POSITION]
                else:
                    high = min(high, at[i, POSITION])
            i = at[i, NEXT]
    return low, high


@inlined
def begin_judging(model: Model, state: State, v: int) -> bool:
    """Let the deck slots that route ``v`` takes now count as free; return whether they were taken."""
    own = state.deck_free.shape[0] > 1 and state.tour[v, LENGTH] > 0
    if own:
        add_to_decks(model, state, v, model.vehicle[v, DECK])
    return own


@inlined
def end_judging(model: Model, state: State, v: int, own: bool) -> None:
    """Take the slots again that ``begin_judging`` gave back."""
    if own:
        add_to_decks(model, state, v, -model.vehicle[v, DECK])


@inlined
def _stays_ashore(model: Model, state: State, v: int, c: int) -> bool:
    """Return whether roads and one window a node tell all about route ``v``, with stop ``c`` in it too."""
    start = model.vehicle[v, START]
    road = model.road[model.vehicle[v, PROFILE]]
    ground = road[start, MASS]
    if ground == ANYWHERE:
        ground = road[state.at[start, NEXT], MASS]
    return state.tour[v, NEEDS_LABELS] == 0 and one_land(ground, road[c, MASS])


@inlined
def _list_all(model: Model, state: State, v: int, c: int, low: int, high: int) -> int:
    """List the nodes of route ``v`` at positions from ``low`` to below ``high`` in ``state.spot``; return how many."""
    at, end, size = state.at, state.at[c, LAST_END], 0
    i = model.vehicle[v, START]
    while at[i, NEXT] != NONE and at[i, EARLY] <= end:
        if at[i, POSITION] >= low and at[i, POSITION] < high:
            state.spot[size] = i
            size += 1
        i = at[i, NEXT]
    return size


@inlined
def _list_near(model: Model, state: State, v: int, c: int) -> int:
    """List the nodes of route ``v`` beside neighbours of stop ``c``, ferries and depots; return how many."""
    at, stamp, size, start = state.at, state.counter[STAMP], 1, model.vehicle[v, START]
    state.spot[0] = start
    q = state.first_near[v]
    while q != NONE:
        n = model.near[c, q]
        if at[n, PREV] != start:
            state.spot[size] = at[n, PREV]
            size += 1
        if state.beside[at[n, NEXT], 0] != stamp:
            # Else the place is listed with the neighbour behind it.
            state.spot[size] = n
            size += 1
        q = state.next_near[q]
    i = state.tour[v, FIRST_CROSSED]
    while i != NONE:
        state.spot[size] = at[i, PREV]
        size += 1
        if at[i, NEXT] != NONE:
            state.spot[size] = i
            size += 1
        i = at[i, NEXT_CROSSED]
    for depot in range(model.vehicle[v, RELOAD_0] - 1, model.vehicle[v, RELOAD_N]):
        i = model.vehicle[v, END] if depot < model.vehicle[v, RELOAD_0] else depot
        if at[i, ROUTE] == v:
            state.spot[size] = at[i, PREV]
            size += 1
            if at[i, NEXT] != NONE:
                state.spot[size] = i
                size += 1
    return size


@inlined
def best_place(
    model: Model, state: State, v: int, c: int, bar: float, low: int, high: int, near: bool
) -> tuple[float, int]:
    """Return ``(extra cost, node before)`` of the best place for stop ``c`` in route ``v`` below ``bar``, or NONE.

    Judged are all places whose node before stands at a position from ``low`` to below ``high``; where ``near``, only
    those beside neighbours, ferries and depots.
    """
    road, stops = model.road[model.vehicle[v, PROFILE]], model.penalty.shape[0]
    near_road, stamp = model.near_road[model.vehicle[v, PROFILE]], state.counter[STAMP]
    ashore = _stays_ashore(model, state, v, c)
    size = _list_near(model, state, v, c) if near else _list_all(model, state, v, c, low, high)
    own = not ashore and begin_judging(model, state, v)
    best, place = bar, NONE
    for k in range(size):
        i = state.spot[k]
        if ashore:
            cost = on_land(
                state.at,
                state.load,
                road,
                model.arc,
                near_road,
                state.beside,
                stamp,
                model.capacity,
                model.window,
                state.tour,
                model.rate,
                state.random,
                stops,
                v,
                c,
                i,
                best,
            )
        else:
            cost = over_water(model, state, v, c, i, best)
        if cost < best:
            best, place = cost, i
    end_judging(model, state, v, own)
    return best, place

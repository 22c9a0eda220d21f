"""Which place of a route suits a stop best: of all, or of those beside the stop's neighbours, ferries and depots."""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import (
    ANYWHERE,
    BROUGHT,
    CHANGE,
    DECK,
    END,
    FIRST_CROSSED,
    LENGTH,
    MOST_AFTER,
    MOST_BEFORE,
    NEEDS_LABELS,
    NEVER,
    NONE,
    PROFILE,
    RELOAD_0,
    RELOAD_N,
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
    at, node = state.at, model.node
    lock = node[c].lock
    if lock != NONE:
        i = at[model.vehicle[v, START]].next
        while i != NONE:
            if node[i].lock == lock and i < model.penalty.shape[0]:
                if node[i].lock_rank < node[c].lock_rank:
                    low = at[i].position
                else:
                    high = min(high, at[i].position)
            i = at[i].next
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
def too_full(model: Model, state: State, v: int, c: int) -> bool:
    """Return whether route ``v`` has no room for stop ``c`` at any place; told of routes with a single trip only.

    What is brought is on board from the start on, where the least is; what is taken up stays on board until the end.
    """
    load, capacity, full = state.load, model.capacity, False
    start, end = model.vehicle[v, START], model.vehicle[v, END]
    if model.vehicle[v, RELOAD_N] == model.vehicle[v, RELOAD_0]:
        last = state.at[end].prev
        for d in range(capacity.shape[1]):
            brought = load[c, BROUGHT, d]
            taken = brought + load[c, CHANGE, d]
            if (
                load[start, MOST_BEFORE, d] + brought > capacity[v, d]
                or load[last, MOST_AFTER, d] + taken > capacity[v, d]
            ):
                full = True
    return full


@inlined
def _stays_ashore(model: Model, state: State, v: int, c: int) -> bool:
    """Return whether roads and one window a node tell all about route ``v``, with stop ``c`` in it too."""
    start = model.vehicle[v, START]
    road = model.road[model.vehicle[v, PROFILE]]
    ground = road[start].mass
    if ground == ANYWHERE:
        ground = road[state.at[start].next].mass
    return state.tour[v, NEEDS_LABELS] == 0 and one_land(ground, road[c].mass)


@inlined
def _list_all(model: Model, state: State, v: int, c: int, low: int, high: int) -> int:
    """List the nodes of route ``v`` at positions from ``low`` to below ``high`` in ``state.spot``; return how many.

    Left out are those behind which it is too late for stop ``c``, and those after which the route goes on before it is
    open.
    """
    at, first, end, size = state.at, model.node[c].first_start, model.node[c].last_end, 0
    i = model.vehicle[v, START]
    j = at[i].next
    while j != NONE and at[i].early <= end:
        if at[j].late >= first and at[i].position >= low and at[i].position < high:
            state.spot[size] = i
            size += 1
        i = j
        j = at[i].next
    return size


@inlined
def _list_near(model: Model, state: State, v: int, c: int) -> int:
    """List the nodes of route ``v`` beside neighbours of stop ``c``, ferries and depots; return how many."""
    at, stamp, size, start = state.at, state.counter[STAMP], 1, model.vehicle[v, START]
    state.spot[0] = start
    q = state.first_near[v]
    while q != NONE:
        n = model.near[c, q]
        if at[n].prev != start:
            state.spot[size] = at[n].prev
            size += 1
        if state.beside[at[n].next].stamp != stamp:
            # Else the place is listed with the neighbour behind it.
            state.spot[size] = n
            size += 1
        q = state.next_near[q]
    i = state.tour[v, FIRST_CROSSED]
    while i != NONE:
        state.spot[size] = at[i].prev
        size += 1
        if at[i].next != NONE:
            state.spot[size] = i
            size += 1
        i = at[i].next_crossed
    for depot in range(model.vehicle[v, RELOAD_0] - 1, model.vehicle[v, RELOAD_N]):
        i = model.vehicle[v, END] if depot < model.vehicle[v, RELOAD_0] else depot
        if at[i].route == v:
            state.spot[size] = at[i].prev
            size += 1
            if at[i].next != NONE:
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
                model.node,
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

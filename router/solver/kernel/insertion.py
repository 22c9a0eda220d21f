"""Which place of a route suits a stop best: of all, or of those beside the stop's neighbours, ferries and depots."""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import (
    BROUGHT,
    CHANGE,
    DECK,
    END,
    FIRST_CROSSED,
    LENGTH,
    MOST_AFTER,
    MOST_BEFORE,
    NEVER,
    NO_ROAD,
    NONE,
    PROFILE,
    RELOAD_0,
    RELOAD_N,
    STAMP,
    START,
    WATER,
    Model,
    State,
)
from router.solver.kernel.place import NOWHERE, by_road, over_water
from router.solver.kernel.route import add_to_decks
from router.solver.kernel.water import one_land

FULL, TIGHT, ROOMY = 0, 1, 2
"""Whether a route has room for a stop nowhere, where its loads say so, or everywhere."""


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
def room_for(model: Model, state: State, v: int, c: int) -> int:
    """Return FULL where route ``v`` has room for stop ``c`` nowhere, ROOMY where it has room everywhere, else TIGHT.

    What is brought is on board from the start of the trip on, where the least is; what is taken up stays on board until
    the end. Of routes with several trips nothing is said.
    """
    load, capacity, room = state.load, model.capacity, ROOMY
    start, last = model.vehicle[v, START], state.at[model.vehicle[v, END]].prev
    if model.vehicle[v, RELOAD_N] > model.vehicle[v, RELOAD_0]:
        return TIGHT
    for d in range(capacity.shape[1]):
        brought = load[c, BROUGHT, d]
        taken = brought + load[c, CHANGE, d]
        if (
            load[start, MOST_BEFORE, d] + brought > capacity[v, d]
            or load[last, MOST_AFTER, d] + taken > capacity[v, d]
        ):
            room = FULL
        elif room == ROOMY and load[last, MOST_BEFORE, d] + max(brought, taken) > capacity[v, d]:
            room = TIGHT
    return room


@inlined
def _list_all(model: Model, state: State, v: int, c: int, low: int, high: int) -> int:
    """List the nodes of route ``v`` at positions from ``low`` to below ``high`` in ``state.gap``; return how many.

    Left out are those behind which it is too late for stop ``c``, and those after which the route goes on before it is
    open.
    """
    at, first, end, size = state.at, model.node[c].first_start, model.node[c].last_end, 0
    i = model.vehicle[v, START]
    j = at[i].next
    while j != NONE and at[i].early <= end:
        if at[j].late >= first and at[i].position >= low and at[i].position < high:
            state.gap[size].before = i
            size += 1
        i = j
        j = at[i].next
    return size


@inlined
def _list_near(model: Model, state: State, v: int, c: int) -> int:
    """List the nodes of route ``v`` beside neighbours of stop ``c``, ferries and depots; return how many."""
    at, stamp, size, start = state.at, state.counter[STAMP], 1, model.vehicle[v, START]
    state.gap[0].before = start
    q = state.first_near[v]
    while q != NONE:
        n = model.near[c, q]
        if at[n].prev != start:
            state.gap[size].before = at[n].prev
            size += 1
        if state.beside[at[n].next].stamp != stamp:
            # Else the place is listed with the neighbour behind it.
            state.gap[size].before = n
            size += 1
        q = state.next_near[q]
    i = state.tour[v, FIRST_CROSSED]
    while i != NONE:
        state.gap[size].before = at[i].prev
        size += 1
        if at[i].next != NONE:
            state.gap[size].before = i
            size += 1
        i = at[i].next_crossed
    for depot in range(model.vehicle[v, RELOAD_0] - 1, model.vehicle[v, RELOAD_N]):
        i = model.vehicle[v, END] if depot < model.vehicle[v, RELOAD_0] else depot
        if at[i].route == v:
            state.gap[size].before = at[i].prev
            size += 1
            if at[i].next != NONE:
                state.gap[size].before = i
                size += 1
    return size


@inlined
def _look_up(model: Model, state: State, v: int, c: int, size: int) -> bool:
    """Write the roads into stop ``c`` and out of it to the first ``size`` gaps; return whether some are over water.

    All at once, before anything is decided: one look at memory then need not wait for another.
    """
    at, arc, gap, road = state.at, model.arc, state.gap, model.road[model.vehicle[v, PROFILE]]
    row, column, mass, wet = road[c].row, road[c].column, road[c].mass, False
    for k in range(size):
        i = gap[k].before
        j = at[i].next
        if one_land(road[i].mass, mass):
            cell = road[i].row + column
            gap[k].drive_in, gap[k].long_in = arc[cell].drive, arc[cell].long
        else:
            gap[k].drive_in, gap[k].long_in, wet = WATER, 0, True
        if one_land(mass, road[j].mass):
            cell = row + road[j].column
            gap[k].drive_out, gap[k].long_out = arc[cell].drive, arc[cell].long
        else:
            gap[k].drive_out, gap[k].long_out, wet = WATER, 0, True
    return wet


@inlined
def _look_up_near(model: Model, state: State, v: int, c: int, size: int) -> bool:
    """Do the same where the roads between near neighbours are to be had without a wait."""
    at, arc, gap, beside = state.at, model.arc, state.gap, state.beside
    road, near_road = model.road[model.vehicle[v, PROFILE]], model.near_road[model.vehicle[v, PROFILE]]
    mass, stamp, wet = road[c].mass, state.counter[STAMP], False
    for k in range(size):
        i = gap[k].before
        j = at[i].next
        if beside[i].stamp == stamp:
            q = beside[i].rank
            gap[k].drive_in, gap[k].long_in = near_road[c, q].in_drive, near_road[c, q].in_long
        elif one_land(road[i].mass, mass):
            cell = road[i].row + road[c].column
            gap[k].drive_in, gap[k].long_in = arc[cell].drive, arc[cell].long
        else:
            gap[k].drive_in, gap[k].long_in, wet = WATER, 0, True
        if beside[j].stamp == stamp:
            q = beside[j].rank
            gap[k].drive_out, gap[k].long_out = near_road[c, q].out_drive, near_road[c, q].out_long
        elif one_land(mass, road[j].mass):
            cell = road[c].row + road[j].column
            gap[k].drive_out, gap[k].long_out = arc[cell].drive, arc[cell].long
        else:
            gap[k].drive_out, gap[k].long_out, wet = WATER, 0, True
    return wet


@inlined
def best_place(
    model: Model, state: State, v: int, c: int, bar: float, low: int, high: int, roomy: bool, near: bool
) -> tuple[float, int]:
    """Return ``(extra cost, node before)`` of the best place for stop ``c`` in route ``v`` below ``bar``, or NONE.

    Judged are all places whose node before stands at a position from ``low`` to below ``high``; where ``near``, only
    those beside neighbours, ferries and depots. ``roomy``: the load allows all of them.
    """
    if near:
        size = _list_near(model, state, v, c)
        wet = _look_up_near(model, state, v, c, size)
    else:
        size = _list_all(model, state, v, c, low, high)
        wet = _look_up(model, state, v, c, size)
    own = wet and begin_judging(model, state, v)
    best, place, gap = bar, NONE, state.gap
    for k in range(size):
        cost = NOWHERE
        if min(gap[k].drive_in, gap[k].drive_out) >= 0:
            cost = by_road(model, state, v, c, k, best, roomy)
        elif NO_ROAD not in (gap[k].drive_in, gap[k].drive_out):
            cost = over_water(model, state, v, c, k, best, roomy)
        if cost < best:
            best, place = cost, gap[k].before
    end_judging(model, state, v, own)
    return best, place

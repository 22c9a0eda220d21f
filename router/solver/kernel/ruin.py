"""Ruin: take stops out where they are near each other, so that something new can be put there.

Strings are Christiaens and Vanden Berghe's (Slack Induction by String Removals, Transportation Science 54(2), 2020,
section 5.1). Over water strings of ten stops cannot empty an island, so whole island tours and whole routes go too.
"""

from router.solver.kernel.compiled import compiled
from router.solver.kernel.model import (
    ABSENT,
    CHANGING_LOADS,
    INNER,
    ITERATION,
    LOGGED_NODES,
    LOGGED_TOURS,
    NONE,
    PROFILE,
    RELOAD_0,
    RELOAD_N,
    START,
    TOUCHED,
    TOUR_CHANGING,
    Model,
    State,
)
from router.solver.kernel.rng import below, uniform
from router.solver.kernel.route import drop_empty_trips, release, unlink
from router.solver.kernel.sweeps import refresh

STRING_MOST = 10
"""Longest string removed (L max)."""

REMOVED_ON_AVERAGE = 10
"""Stops removed on average (c bar)."""

SPLIT = 0.5
"""Chance that a string keeps some stops in its middle (alpha)."""

SPLIT_MORE = 0.01
"""Chance to keep one more of them (1 - beta in the paper's wording)."""

ISLAND_MOST = 80
"""Most stops that one ruin of island tours takes out."""


@compiled
def touch(model: Model, state: State, v: int) -> None:
    """Save route ``v`` for undo and give its deck slots back; does nothing the second time."""
    if state.tour[v, TOUCHED] == 1:
        return
    count = state.counter
    i = model.vehicle[v, START]
    while i != NONE:
        row = count[LOGGED_NODES]
        state.log_node[row] = i
        state.log_at[row] = state.at[i]
        for d in range(state.load.shape[2]):
            for kind in range(CHANGING_LOADS):
                state.log_load[row, kind, d] = state.load[i, kind, d]
        count[LOGGED_NODES] += 1
        i = state.at[i].next
    row = count[LOGGED_TOURS]
    state.log_tour[row, 0] = v
    for column in range(TOUR_CHANGING):
        state.log_tour[row, 1 + column] = state.tour[v, column]
    state.log_cost[row] = state.cost[v]
    count[LOGGED_TOURS] += 1
    state.tour[v, TOUCHED] = 1
    release(model, state, v)


@compiled
def take_out(model: Model, state: State, size: int) -> None:
    """Take the first ``size`` nodes of ``state.span`` out of their route, shipments with both ends."""
    at, counter = state.at, state.counter
    for k in range(size):
        i = state.span[k]
        while i != NONE and i < model.penalty.shape[0] and at[i].route != NONE:
            unlink(at, i)
            state.absent[counter[ABSENT]] = i
            counter[ABSENT] += 1
            state.taken[i] = counter[ITERATION]
            i = model.node[i].mate


@compiled
def mended(model: Model, state: State, v: int) -> bool:
    """Tidy route ``v`` after something was taken out; return whether what is left can be done."""
    if model.vehicle[v, RELOAD_N] > model.vehicle[v, RELOAD_0]:
        drop_empty_trips(model, state, v)
    return refresh(model, state, v)


@compiled
def _string(model: Model, state: State, c: int, longest: int) -> bool:
    """Take a string or split string that holds stop ``c`` out of its route."""
    at, random = state.at, state.random
    v = at[c].route
    touch(model, state, v)
    size = state.tour[v, INNER]
    length = 1 + below(random, min(size, longest))
    kept = 0
    if length > 1 and length < size and uniform(random) < SPLIT:
        kept = 1
        while length + kept < size and uniform(random) < SPLIT_MORE:
            kept += 1
    span = length + kept
    position = at[c].position
    first, last = max(1, position - span + 1), min(position, size - span + 1)
    begin = first + below(random, last - first + 1)
    i = c
    for _ in range(position - begin):
        i = at[i].prev
    keep_from = begin + 1 + below(random, length - 1) if kept > 0 else span + size
    taken = 0
    for place in range(begin, begin + span):
        if place < keep_from or place >= keep_from + kept:
            state.span[taken] = i
            taken += 1
        i = at[i].next
    take_out(model, state, taken)
    return mended(model, state, v)


@compiled
def strings(model: Model, state: State, seed: int, routes: int) -> bool:
    """Take strings out of the routes nearest to stop ``seed``; return whether the rest still holds."""
    served = model.penalty.shape[0] - state.counter[ABSENT]
    longest = max(1, min(STRING_MOST, served // max(routes, 1)))
    most = 4.0 * REMOVED_ON_AVERAGE / (1.0 + longest) - 1.0
    strings_left = int(uniform(state.random) * most + 1.0)
    for q in range(-1, model.near.shape[1]):
        c = seed if q < 0 else int(model.near[seed, q])
        if c == NONE or strings_left == 0:
            break
        v = state.at[c].route
        if v == NONE or state.tour[v, TOUCHED] == 1:
            continue
        if not _string(model, state, c, longest):
            return False
        strings_left -= 1
    return True


@compiled
def whole_route(model: Model, state: State, v: int, most: int) -> bool:
    """Take up to ``most`` stops out of route ``v``, from its start."""
    touch(model, state, v)
    i = state.at[model.vehicle[v, START]].next
    taken = 0
    while i != NONE and taken < most:
        state.span[taken] = i
        taken += 1
        i = state.at[i].next
    take_out(model, state, taken)
    return mended(model, state, v)


@compiled
def island_stay(model: Model, state: State, c: int) -> int:
    """Take out all stops around ``c`` that its route visits without leaving the land mass; return how many."""
    at = state.at
    v = at[c].route
    touch(model, state, v)
    road, stops = model.road[model.vehicle[v, PROFILE]], model.penalty.shape[0]
    mass = road[c].mass
    i = c
    while at[i].prev < stops and road[at[i].prev].mass == mass:
        i = at[i].prev
    taken = 0
    while i < stops and road[i].mass == mass:
        state.span[taken] = i
        taken += 1
        i = at[i].next
    take_out(model, state, taken)
    return taken


@compiled
def island_tours(model: Model, state: State, seed: int) -> bool:
    """Take out whole stays on the island of ``seed``: one tour, or those of several vehicles."""
    tours = 1 + below(state.random, 3)
    taken = 0
    for q in range(-1, model.near.shape[1]):
        c = seed if q < 0 else int(model.near[seed, q])
        if c == NONE or tours == 0 or taken >= ISLAND_MOST:
            break
        v = state.at[c].route
        if v == NONE or state.tour[v, TOUCHED] == 1:
            continue
        taken += island_stay(model, state, c)
        if not mended(model, state, v):
            return False
        tours -= 1
    return True

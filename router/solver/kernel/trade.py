"""Trades: two vehicles change places, on whole routes or only with what they serve over the water.

What a vehicle cannot carry is taken out again, at home first: a motorbike that takes over a van's island has to give
up something for it.
"""

from router.solver.kernel.compiled import compiled
from router.solver.kernel.model import (
    ABSENT,
    BROUGHT,
    CHANGE,
    FIRST_CROSSED,
    ITERATION,
    LENGTH,
    NONE,
    PROFILE,
    RELOAD_0,
    RELOAD_N,
    START,
    TYPE,
    Model,
    State,
)
from router.solver.kernel.rng import below, uniform
from router.solver.kernel.route import link, spare_reload, unlink
from router.solver.kernel.ruin import mended, take_out, touch

TRIES = 8
"""How often two vehicles are drawn that could trade."""


@compiled
def may_follow(model: Model, state: State, v: int, w: int) -> bool:
    """Return whether ``w`` may serve the stop that ``v`` crosses to first; yes where ``v`` does not cross."""
    c = state.tour[v, FIRST_CROSSED]
    return c == NONE or c >= model.penalty.shape[0] or bool(model.allowed[c, model.vehicle[w, TYPE]])


@compiled
def trade_routes(model: Model, state: State) -> bool:
    """Let two vehicles of different types trade their routes, or one take over that of another."""
    vehicles, vehicle = state.tour.shape[0], model.vehicle
    for _ in range(TRIES):
        v, w = below(state.random, vehicles), below(state.random, vehicles)
        if state.closed[w] or vehicle[v, TYPE] == vehicle[w, TYPE] or state.tour[v, LENGTH] == 0:
            continue
        if may_follow(model, state, v, w):
            hand_over(model, state, v, w)
            lighten(model, state, v, NONE)
            lighten(model, state, w, NONE)
            return mended(model, state, v) and mended(model, state, w)
    return False


@compiled
def trade_water(model: Model, state: State) -> bool:
    """Let two vehicles of different types, of which one crosses, trade what they serve away from home.

    Shipments and stops locked in a sequence stay where they are.
    """
    vehicles, vehicle = state.tour.shape[0], model.vehicle
    for _ in range(TRIES):
        v, w = below(state.random, vehicles), below(state.random, vehicles)
        if state.closed[w] or vehicle[v, TYPE] == vehicle[w, TYPE] or state.tour[v, LENGTH] == 0:
            continue
        if state.tour[v, FIRST_CROSSED] == NONE or not may_follow(model, state, v, w):
            continue
        touch(model, state, v)
        touch(model, state, w)
        after_v, size = list_away(model, state, v, 0)
        after_w, both = list_away(model, state, w, size)
        for k in range(both):
            unlink(state.at, state.span[k])
        put_behind(model, state, w, after_w, 0, size)
        put_behind(model, state, v, after_v, size, both)
        lighten(model, state, v, home_of(model, v))
        lighten(model, state, w, home_of(model, w))
        return mended(model, state, v) and mended(model, state, w)
    return False


@compiled
def hand_over(model: Model, state: State, v: int, w: int) -> None:
    """Give the route of ``v`` to ``w``, and that of ``w`` to ``v``; both are still to be mended."""
    touch(model, state, v)
    touch(model, state, w)
    size = _list(state, model.vehicle[v, START], 0)
    both = _list(state, model.vehicle[w, START], size)
    for k in range(both):
        unlink(state.at, state.span[k])
    _drive(model, state, w, 0, size)
    _drive(model, state, v, size, both)


@compiled
def _list(state: State, start: int, size: int) -> int:
    """List the inner nodes of the route that begins at ``start`` in ``state.span`` from ``size`` on."""
    i = state.at[start].next
    while state.at[i].next != NONE:
        state.span[size] = i
        size += 1
        i = state.at[i].next
    return size


@compiled
def home_of(model: Model, v: int) -> int:
    """Return the land mass that vehicle ``v`` starts from."""
    return int(model.road[model.vehicle[v, PROFILE]][model.vehicle[v, START]].mass)


@compiled
def list_away(model: Model, state: State, v: int, size: int) -> tuple[int, int]:
    """List what ``v`` serves away from home, and may give away, in ``state.span`` from ``size`` on.

    Return behind which node it was, or might be put, and how many entries there are then.
    """
    stops, road, home = model.penalty.shape[0], model.road[model.vehicle[v, PROFILE]], home_of(model, v)
    last, before = model.vehicle[v, START], NONE
    i = state.at[last].next
    while state.at[i].next != NONE:
        if i < stops and road[i].mass != home and model.node[i].mate == NONE and model.node[i].lock == NONE:
            before = last if before == NONE else before
            state.span[size] = i
            size += 1
        else:
            last = i
        i = state.at[i].next
    if before == NONE:
        before = last if uniform(state.random) < 0.5 else model.vehicle[v, START]
    return before, size


@compiled
def _leave_out(state: State, i: int) -> None:
    """Note that stop ``i``, which is in no route, is absent."""
    state.absent[state.counter[ABSENT]] = i
    state.counter[ABSENT] += 1
    state.taken[i] = state.counter[ITERATION]


@compiled
def put_behind(model: Model, state: State, v: int, after: int, first: int, last: int) -> None:
    """Put these entries of ``state.span`` behind a node of ``v``; stops that it may not serve are absent."""
    for k in range(first, last):
        i = state.span[k]
        if model.allowed[i, model.vehicle[v, TYPE]]:
            link(state.at, v, after, i, state.at[after].next)
            after = i
        else:
            _leave_out(state, i)


@compiled
def _drive(model: Model, state: State, v: int, first: int, last: int) -> None:
    """Give entries ``first`` to below ``last`` of ``state.span`` to vehicle ``v``.

    Stops that it may not serve are absent. It reloads where the other did, with its own reload nodes.
    """
    at, node = state.at, model.node
    stops, kind = model.penalty.shape[0], model.vehicle[v, TYPE]
    end = at[model.vehicle[v, START]].next
    for k in range(first, last):
        i = state.span[k]
        if i >= stops:
            i = spare_reload(model, state, v)
            if i != NONE:
                link(at, v, at[end].prev, i, end)
        elif model.allowed[i, kind] and (node[i].mate == NONE or model.allowed[node[i].mate, kind]):
            link(at, v, at[end].prev, i, end)
        else:
            _leave_out(state, i)


@compiled
def _too_heavy(model: Model, state: State, v: int) -> bool:
    """Return whether ``v``, which does not reload, would carry more than it can."""
    at, load, capacity = state.at, state.load, model.capacity
    for d in range(capacity.shape[1]):
        most = on_board = 0
        i = at[model.vehicle[v, START]].next
        while i < model.penalty.shape[0]:
            brought = load[i, BROUGHT, d]
            on_board += brought + load[i, CHANGE, d]
            most = max(most + brought, on_board)
            i = at[i].next
        if most > capacity[v, d]:
            return True
    return False


@compiled
def lighten(model: Model, state: State, v: int, home: int) -> None:
    """Take stops out of route ``v`` from one end, those on land mass ``home`` first, until it can carry the rest."""
    if model.vehicle[v, RELOAD_N] > model.vehicle[v, RELOAD_0]:
        return
    at, stops, road = state.at, model.penalty.shape[0], model.road[model.vehicle[v, PROFILE]]
    start = model.vehicle[v, START]
    end = at[start].next
    while at[end].next != NONE:
        end = at[end].next
    front = uniform(state.random) < 0.5
    while _too_heavy(model, state, v):
        i = at[start].next if front else at[end].prev
        while i < stops and road[i].mass != home:
            i = at[i].next if front else at[i].prev
        if i >= stops:
            i = at[start].next if front else at[end].prev
        state.span[0] = i
        take_out(model, state, 1)

"""The exact cost of one route: the best departure and the best sailings for a given order.

A label at a node says: for a departure ``d <= last`` from the depot, service begins at ``max(begin, d + lead)``, and
crossings so far cost ``extra``. Labels branch at crossings (which sailing) and at stops with several windows (which
window); one that is later, dearer and no better in its departure is dropped. The route's cost is the least
``extra + rate * max(begin - last, lead)`` at its end: time is paid from the departure to the return.
"""

import numpy as np

from router.solver.kernel.compiled import compiled
from router.solver.kernel.model import (
    CHECK_IN,
    COLUMN,
    CONVEYANCE,
    CROSSED,
    CROSSING_0,
    CROSSING_N,
    DECK,
    DRIVE,
    END,
    FIXED,
    FROM_COLUMN,
    LABELS,
    LENGTH,
    LONG,
    MASS,
    NEVER,
    NEXT,
    NONE,
    ONE_FARE,
    PER_METER,
    PER_SECOND,
    PREV,
    PROFILE,
    ROAD,
    ROLL_OFF,
    ROW,
    SERVICE,
    START,
    TO_ROW,
    TRAIL,
    WINDOW_0,
    WINDOW_N,
    Floats,
    Ints,
    Model,
    State,
)
from router.solver.kernel.water import first_from, is_open

BEGIN, LEADS, LAST, TRAIL_AT = 0, 1, 2, 3

TIE = 1e-7
"""Money per second that breaks ties between schedules of equal cost in favour of the shorter one."""


@compiled
def _push(
    time: Ints, extra: Floats, side: int, size: int, begin: int, lead: int, last: int, cost: float, trail: int
) -> int:
    """Add a label to ``side`` unless another is at least as good; return how many there are then."""
    for q in range(size):
        if (
            time[side, q, BEGIN] <= begin
            and time[side, q, LEADS] <= lead
            and time[side, q, LAST] >= last
            and extra[side, q] <= cost
        ):
            return size
    if size == LABELS:
        return size
    time[side, size, BEGIN], time[side, size, LEADS] = begin, lead
    time[side, size, LAST], time[side, size, TRAIL_AT] = last, trail
    extra[side, size] = cost
    return size + 1


@compiled
def _push_windows(
    model: Model,
    state: State,
    side: int,
    size: int,
    j: int,
    begin: int,
    lead: int,
    last: int,
    cost: float,
    trail: int,
) -> int:
    """Add a label for each window of ``j`` that is of use."""
    window = model.window
    for w in range(state.at[j, WINDOW_0], state.at[j, WINDOW_N]):
        if begin > window[w, 1]:
            continue
        kept = min(last, window[w, 1] - lead)
        size = _push(
            state.label_time, state.label, side, size, max(begin, window[w, 0]), lead, kept, cost, trail
        )
        if kept == last:
            break
    return size


@compiled
def _cross(
    model: Model, state: State, v: int, side: int, size: int, q: int, i: int, j: int, used: int
) -> tuple[int, int]:
    """Extend label ``q`` of the other side over every useful crossing from ``i`` to ``j``."""
    road, crossing, arc, port_pair = model.road, model.crossing, model.arc, model.port_pair
    p, k, need = model.vehicle[v, PROFILE], model.vehicle[v, CONVEYANCE], model.vehicle[v, DECK]
    other = 1 - side
    leave = state.label_time[other, q, BEGIN] + state.at[i, SERVICE]
    lead = state.label_time[other, q, LEADS] + state.at[i, SERVICE]
    last = state.label_time[other, q, LAST]
    key = road[p, i, MASS] * model.masses[0] + road[p, j, MASS]
    for g in range(model.pair_0[k, key], model.pair_0[k, key + 1]):
        out = road[p, i, ROW] + port_pair[g, FROM_COLUMN]
        into = port_pair[g, TO_ROW] + road[p, j, COLUMN]
        if arc[out, DRIVE] < 0 or arc[into, DRIVE] < 0:
            continue
        meters = int(model.arc[out, LONG]) + int(model.arc[into, LONG])
        high = port_pair[g, CROSSING_N]
        beyond = 0
        for x in range(first_from(crossing, port_pair[g, CROSSING_0], high, leave + arc[out, DRIVE]), high):
            if not is_open(crossing, x, state.deck_free, need):
                continue
            kept = min(last, crossing[x, CHECK_IN] - lead - arc[out, DRIVE])
            if used < TRAIL:
                cost = (
                    state.label[other, q]
                    + model.fare[x]
                    + model.rate[v, PER_METER] * (meters + crossing[x, ROAD])
                )
                begin = crossing[x, ROLL_OFF] + arc[into, DRIVE]
                grown = _push_windows(model, state, side, size, j, begin, -NEVER, kept, cost, used)
                if grown > size:
                    state.trail[used, 0], state.trail[used, 1] = x, state.label_time[other, q, TRAIL_AT]
                    used += 1
                    size = grown
            if kept == last:
                # Nothing is won by leaving later still, unless a later sailing is cheaper.
                beyond += 1
                if port_pair[g, ONE_FARE] == 1 or beyond > 32:
                    break
    return size, used


@compiled
def settle(model: Model, state: State, v: int) -> float:
    """Return the least cost of route ``v`` in its order, and write the crossings that reach it to ``CROSSED``.

    Decks count as in ``state.deck_free``: the route's own slots must have been given back before. Returns
    infinity where the order is not possible.
    """
    if state.tour[v, LENGTH] == 0:
        return 0.0
    road, at, time, extra = model.road, state.at, state.label_time, state.label
    p = model.vehicle[v, PROFILE]
    i = model.vehicle[v, START]
    side, size, used, meters = 0, 0, 0, 0
    for w in range(state.at[i, WINDOW_0], state.at[i, WINDOW_N]):
        size = _push(time, extra, side, size, model.window[w, 0], 0, model.window[w, 1], 0.0, NONE)
    j = at[i, NEXT]
    while j != NONE and size > 0:
        grown = 0
        crosses = road[p, i, MASS] != road[p, j, MASS]
        cell = road[p, i, ROW] + road[p, j, COLUMN]
        if not crosses:
            if model.arc[cell, DRIVE] < 0:
                return np.inf
            meters += model.arc[cell, LONG]
        for q in range(size):
            if crosses:
                grown, used = _cross(model, state, v, 1 - side, grown, q, i, j, used)
            else:
                step = state.at[i, SERVICE] + model.arc[cell, DRIVE]
                grown = _push_windows(
                    model,
                    state,
                    1 - side,
                    grown,
                    j,
                    time[side, q, BEGIN] + step,
                    time[side, q, LEADS] + step,
                    time[side, q, LAST],
                    extra[side, q],
                    time[side, q, TRAIL_AT],
                )
        side, size = 1 - side, grown
        i = j
        j = at[i, NEXT]
    return _best(model, state, v, side, size, meters)


@compiled
def _best(model: Model, state: State, v: int, side: int, size: int, meters: int) -> float:
    """Pick the best label at the end, write its crossings back, and return the route's cost."""
    time, at, p = state.label_time, state.at, model.vehicle[v, PROFILE]
    rate = model.rate[v, PER_SECOND]
    best, least, chosen = np.inf, np.inf, NONE
    for q in range(size):
        duration = max(time[side, q, BEGIN] - time[side, q, LAST], time[side, q, LEADS])
        cost = state.label[side, q] + rate * duration
        if cost + TIE * duration < least:
            best, least, chosen = cost, cost + TIE * duration, q
    if chosen == NONE:
        return np.inf
    trail = time[side, chosen, TRAIL_AT]
    j = model.vehicle[v, END]
    i = at[j, PREV]
    while i != NONE:
        if model.road[p, i, MASS] != model.road[p, j, MASS]:
            at[j, CROSSED] = state.trail[trail, 0]
            trail = state.trail[trail, 1]
        j = i
        i = at[j, PREV]
    return best + model.rate[v, FIXED] + model.rate[v, PER_METER] * meters

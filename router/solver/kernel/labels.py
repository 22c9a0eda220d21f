"""The exact cost of one route: the best departure, sailings and breaks for a given order.

A label at a node says: for a departure ``d <= last`` from the depot, the vehicle is there (later: its service
begins) at ``max(begin, d + lead)``; crossings so far cost ``extra``; the breaks of ``rested`` are taken. Labels
branch at crossings (which sailing), at stops with several windows (which window) and wherever a break may be taken;
one that is later, dearer, less rested and no better in its departure is dropped. The route's cost is the least
``extra + rate * max(begin - last, lead)`` at its end: time is paid from the departure to the return.
"""

import numpy as np

from router.solver.kernel.compiled import compiled
from router.solver.kernel.model import (
    BREAK_0,
    BREAK_N,
    CHECK_IN,
    CLOSES,
    CONVEYANCE,
    CROSSING_0,
    CROSSING_N,
    DECK,
    END,
    FIXED,
    FROM_COLUMN,
    LABELS,
    LENGTH,
    MOST_DURATION,
    NEVER,
    NONE,
    ONE_FARE,
    OPENS,
    PER_METER,
    PER_SECOND,
    PROFILE,
    REST,
    ROAD,
    ROLL_OFF,
    START,
    TO_ROW,
    TRAIL,
    Floats,
    Ints,
    Model,
    State,
)
from router.solver.kernel.under_way import rested_under_way
from router.solver.kernel.water import first_from, is_open, one_land

BEGIN, LEADS, LAST, TRAIL_AT, RESTED = 0, 1, 2, 3, 4

TIE = 1e-7
"""Money per second that breaks ties between schedules of equal cost in favour of the shorter one."""


@compiled
def _push(
    time: Ints,
    extra: Floats,
    side: int,
    size: int,
    begin: int,
    lead: int,
    last: int,
    cost: float,
    trail: int,
    rested: int,
) -> int:
    """Add a label to ``side`` unless another is at least as good; return how many there are then."""
    for q in range(size):
        if (
            time[side, q, BEGIN] <= begin
            and time[side, q, LEADS] <= lead
            and time[side, q, LAST] >= last
            and extra[side, q] <= cost
            and time[side, q, RESTED] & rested == rested
        ):
            return size
    if size == LABELS:
        return size
    time[side, size, BEGIN], time[side, size, LEADS] = begin, lead
    time[side, size, LAST], time[side, size, TRAIL_AT], time[side, size, RESTED] = last, trail, rested
    extra[side, size] = cost
    return size + 1


@compiled
def _rest(model: Model, state: State, v: int, side: int, size: int) -> int:
    """Add, for every label of ``side``, those that take the breaks that can be taken here and now."""
    time = state.label_time
    first = model.vehicle[v, BREAK_0]
    q = 0
    while q < size:
        for b in range(first, model.vehicle[v, BREAK_N]):
            bit = 1 << (b - first)
            if time[side, q, RESTED] & bit or time[side, q, BEGIN] > model.rest[b, CLOSES]:
                continue
            length = model.rest[b, REST]
            size = _push(
                time,
                state.label,
                side,
                size,
                max(time[side, q, BEGIN], model.rest[b, OPENS]) + length,
                time[side, q, LEADS] + length,
                min(time[side, q, LAST], model.rest[b, CLOSES] - time[side, q, LEADS]),
                state.label[side, q],
                time[side, q, TRAIL_AT],
                time[side, q, RESTED] | bit,
            )
        q += 1
    return size


@compiled
def _open(model: Model, state: State, j: int, side: int, size: int) -> int:
    """Turn arrivals at ``j`` on ``side`` into begins of its service on the other side, window by window."""
    window, time = model.window, state.label_time
    grown = 0
    for q in range(size):
        for w in range(model.node[j].window_0, model.node[j].window_n):
            if time[side, q, BEGIN] > window[w, 1]:
                continue
            kept = min(time[side, q, LAST], window[w, 1] - time[side, q, LEADS])
            grown = _push(
                time,
                state.label,
                1 - side,
                grown,
                max(time[side, q, BEGIN], window[w, 0]),
                time[side, q, LEADS],
                kept,
                state.label[side, q],
                time[side, q, TRAIL_AT],
                time[side, q, RESTED],
            )
            if kept == time[side, q, LAST]:
                break
    return grown


@compiled
def _roll_off(
    model: Model,
    state: State,
    v: int,
    side: int,
    size: int,
    x: int,
    drive: int,
    last: int,
    cost: float,
    trail: int,
    rested: int,
) -> int:
    """Add the labels of driving on for ``drive`` seconds after crossing ``x``, at once and after each break."""
    time, extra, rest = state.label_time, state.label, model.rest
    ashore, first = model.crossing[x, ROLL_OFF], model.vehicle[v, BREAK_0]
    size = _push(time, extra, side, size, ashore + drive, -NEVER, last, cost, trail, rested)
    for b in range(first, model.vehicle[v, BREAK_N]):
        bit = 1 << (b - first)
        if not rested & bit and ashore <= rest[b, CLOSES]:
            leave = max(ashore, rest[b, OPENS]) + rest[b, REST]
            size = _push(time, extra, side, size, leave + drive, -NEVER, last, cost, trail, rested | bit)
    return size


@compiled
def _sail(
    model: Model, state: State, v: int, side: int, size: int, q: int, i: int, j: int, used: int
) -> tuple[int, int]:
    """Extend label ``q`` of the other side, at ``i`` and ready to leave, over every useful crossing to ``j``."""
    road, crossing, arc, port_pair = model.road, model.crossing, model.arc, model.port_pair
    p, k, need = model.vehicle[v, PROFILE], model.vehicle[v, CONVEYANCE], model.vehicle[v, DECK]
    other, first, end_break = 1 - side, model.vehicle[v, BREAK_0], model.vehicle[v, BREAK_N]
    key = road[p, i].mass * model.masses[0] + road[p, j].mass
    for g in range(model.pair_0[k, key], model.pair_0[k, key + 1]):
        out = road[p, i].row + port_pair[g, FROM_COLUMN]
        into = port_pair[g, TO_ROW] + road[p, j].column
        if arc[out].drive < 0 or arc[into].drive < 0:
            continue
        meters = int(arc[out].long) + int(arc[into].long)
        high = port_pair[g, CROSSING_N]
        # Once straight on board, and once after each break that may be taken at the port.
        for b in range(first - 1, end_break):
            begin = state.label_time[other, q, BEGIN] + arc[out].drive
            lead = state.label_time[other, q, LEADS] + arc[out].drive
            last, rested = state.label_time[other, q, LAST], state.label_time[other, q, RESTED]
            if b >= first:
                bit = 1 << (b - first)
                if rested & bit or begin > model.rest[b, CLOSES]:
                    continue
                last = min(last, model.rest[b, CLOSES] - lead)
                begin = max(begin, model.rest[b, OPENS]) + model.rest[b, REST]
                lead += model.rest[b, REST]
                rested |= bit
            beyond = 0
            for x in range(first_from(crossing, port_pair[g, CROSSING_0], high, begin), high):
                if not is_open(crossing, x, state.deck_free, need):
                    continue
                kept = min(last, crossing[x, CHECK_IN] - lead)
                if used < TRAIL:
                    cost = (
                        state.label[other, q]
                        + model.fare[x]
                        + model.rate[v, PER_METER] * (meters + crossing[x, ROAD])
                    )
                    after = rested_under_way(model, v, x, rested) if end_break > first else rested
                    grown = _roll_off(
                        model, state, v, side, size, x, arc[into].drive, kept, cost, used, after
                    )
                    if grown > size:
                        state.trail[used, 0], state.trail[used, 1] = x, state.label_time[other, q, TRAIL_AT]
                        used += 1
                        size = grown
                if kept == last:
                    # Nothing is won by leaving later still, unless a later sailing is cheaper or longer.
                    beyond += 1
                    if (port_pair[g, ONE_FARE] == 1 and end_break == first) or beyond > 32:
                        break
    return size, used


@compiled
def _leave(model: Model, state: State, i: int, side: int, size: int) -> None:
    """Turn begins of service at ``i`` into instants of being ready to leave; trips wait for their release."""
    time, service, release = state.label_time, model.node[i].service, -NEVER
    if i >= model.penalty.shape[0]:
        release = state.at[i].release
    for q in range(size):
        time[side, q, BEGIN] = max(time[side, q, BEGIN] + service, release)
        time[side, q, LEADS] += service


@compiled
def settle(model: Model, state: State, v: int) -> float:
    """Return the least cost of route ``v`` in its order, and write the crossings that reach it to ``CROSSED``.

    Decks count as in ``state.deck_free``: the route's own slots must have been given back before. Returns
    infinity where the order is not possible.
    """
    if state.tour[v, LENGTH] == 0:
        return 0.0
    road, at, node = model.road, state.at, model.node
    time, extra = state.label_time, state.label
    rests = model.vehicle[v, BREAK_N] > model.vehicle[v, BREAK_0]
    p = model.vehicle[v, PROFILE]
    i = model.vehicle[v, START]
    side, size, used, meters = 0, 0, 0, 0
    for w in range(node[i].window_0, node[i].window_n):
        opens = max(model.window[w, 0], at[i].release)
        if opens <= model.window[w, 1]:
            size = _push(time, extra, side, size, opens, 0, model.window[w, 1], 0.0, NONE, 0)
    j = at[i].next
    while j != NONE and size > 0:
        if at[i].prev != NONE:
            _leave(model, state, i, side, size)
            if rests:
                size = _rest(model, state, v, side, size)
        if one_land(road[p, i].mass, road[p, j].mass):
            # The road is known since the route was refreshed.
            meters += at[j].meters_in
            for q in range(size):
                time[side, q, BEGIN] += at[j].drive_in
                time[side, q, LEADS] += at[j].drive_in
        else:
            grown = 0
            for q in range(size):
                grown, used = _sail(model, state, v, 1 - side, grown, q, i, j, used)
            side, size = 1 - side, grown
        if rests:
            size = _rest(model, state, v, side, size)
        size = _open(model, state, j, side, size)
        side = 1 - side
        i = j
        j = at[i].next
    return _best(model, state, v, side, size, meters)


@compiled
def _duration(model: Model, state: State, v: int, side: int, q: int) -> int:
    """Return the shortest duration that label ``q`` at the end allows, or NEVER where a break is missed."""
    time = state.label_time
    begin, lead, last = time[side, q, BEGIN], time[side, q, LEADS], time[side, q, LAST]
    first = model.vehicle[v, BREAK_0]
    for b in range(first, model.vehicle[v, BREAK_N]):
        if time[side, q, RESTED] & (1 << (b - first)) or last >= model.rest[b, OPENS] + model.rest[b, REST]:
            continue
        # Not rested and not late out: then the vehicle must be back before the break is due.
        if begin > model.rest[b, CLOSES]:
            return NEVER
        if lead > -NEVER // 2:
            last = min(last, model.rest[b, CLOSES] - lead)
    return max(begin - last, lead)


@compiled
def _best(model: Model, state: State, v: int, side: int, size: int, meters: int) -> float:
    """Pick the best label at the end, write its crossings back, and return the route's cost."""
    time, at, p = state.label_time, state.at, model.vehicle[v, PROFILE]
    rate = model.rate[v, PER_SECOND]
    best, least, chosen = np.inf, np.inf, NONE
    for q in range(size):
        duration = _duration(model, state, v, side, q)
        cost = state.label[side, q] + rate * duration
        if duration < NEVER and duration <= state.tour[v, MOST_DURATION] and cost + TIE * duration < least:
            best, least, chosen = cost, cost + TIE * duration, q
    if chosen == NONE:
        return np.inf
    trail = time[side, chosen, TRAIL_AT]
    j = model.vehicle[v, END]
    i = at[j].prev
    while i != NONE:
        if not one_land(model.road[p, i].mass, model.road[p, j].mass):
            at[j].crossed = state.trail[trail, 0]
            trail = state.trail[trail, 1]
        j = i
        i = at[j].prev
    return best + model.rate[v, FIXED] + model.rate[v, PER_METER] * meters

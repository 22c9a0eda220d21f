"""One route's state: links, times, loads. ``refresh`` re-computes them all in two sweeps.

The forward sweep keeps at each node the earliest begin, and how the begin depends on the departure from the
depot: ``begin = max(EARLY, departure + LEAD)`` for departures up to ``LAST_START`` (the duration segments of Vidal
et al., Computers & OR 40, 2013, section 4.2, as a prefix). The backward sweep keeps the latest begin from which the
rest of the route can still be done, and when the route would then end. After a crossing the begin no longer
depends on the departure.
"""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import (
    AFTER,
    CHANGING,
    CHECK_IN,
    COLLECT,
    COLUMN,
    CONVEYANCE,
    CROSSED,
    DECK,
    DELIVER,
    DRIVE,
    DURATION,
    EARLY,
    END,
    END_AT,
    END_LEAD,
    FIRST_START,
    FIXED,
    FROM_COLUMN,
    LAST_END,
    LAST_START,
    LATE,
    LEAD,
    LENGTH,
    LONG,
    MASS,
    METERS,
    METERS_IN,
    MOST_AFTER,
    MOST_BEFORE,
    NEEDS_LABELS,
    NEVER,
    NEXT,
    NONE,
    PER_METER,
    PER_SECOND,
    POSITION,
    PREV,
    PROFILE,
    RANK,
    ROAD,
    ROUTE,
    ROW,
    SAILING_0,
    SERVICE,
    START,
    TO_ROW,
    TYPE,
    WINDOW_0,
    WINDOW_N,
    Ints,
    Model,
    State,
)
from router.solver.kernel.water import earliest, latest


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


@compiled
def unlink(at: Ints, i: int) -> None:
    """Take node ``i`` out of its route."""
    before, after = at[i, PREV], at[i, NEXT]
    at[before, NEXT] = after
    at[after, PREV] = before
    at[i, ROUTE] = NONE


@inlined
def _forward(model: Model, state: State, v: int) -> bool:
    node, window, road = state.at, model.window, model.road
    arc = model.arc
    at = state.at
    p = model.vehicle[v, PROFILE]
    i = model.vehicle[v, START]
    t = node[i, FIRST_START]
    lead, last, position, meters, labels = 0, node[i, LAST_END], 0, 0, 0
    if node[i, WINDOW_N] - node[i, WINDOW_0] > 1:
        labels = 1
        last = window_end(node, window, i, t)
    at[i, EARLY], at[i, LEAD], at[i, LAST_START], at[i, POSITION] = t, lead, last, 0
    j = at[i, NEXT]
    while j != NONE:
        leave = t + node[i, SERVICE]
        lead += node[i, SERVICE]
        row = road[p, i, ROW]
        if road[p, i, MASS] == road[p, j, MASS]:
            cell = row + road[p, j, COLUMN]
            drive = arc[cell, DRIVE]
            if drive < 0:
                return False
            step = int(arc[cell, LONG])
            t = leave + drive
            lead += drive
            at[j, CROSSED] = NONE
        else:
            labels = 1
            t, x, g = earliest(
                model, state.deck_free, p, model.vehicle[v, CONVEYANCE], model.vehicle[v, DECK], i, j, leave
            )
            if x == NONE:
                return False
            to_port = row + model.port_pair[g, FROM_COLUMN]
            from_port = model.port_pair[g, TO_ROW] + road[p, j, COLUMN]
            last = min(last, model.crossing[x, CHECK_IN] - lead - arc[to_port, DRIVE])
            lead = t - last
            step = int(arc[to_port, LONG]) + model.crossing[x, ROAD] + int(arc[from_port, LONG])
            at[j, CROSSED] = x
        t = begin_from(node, window, j, t)
        if t >= NEVER:
            return False
        end = node[j, LAST_END]
        if node[j, WINDOW_N] - node[j, WINDOW_0] > 1:
            labels = 1
            end = window_end(node, window, j, t)
        last = min(last, end - lead)
        meters += step
        position += 1
        at[j, EARLY], at[j, LEAD], at[j, LAST_START] = t, lead, last
        at[j, POSITION], at[j, METERS_IN] = position, step
        i = j
        j = at[i, NEXT]
    tour = state.tour
    tour[v, LENGTH] = position - 1
    tour[v, METERS] = meters
    tour[v, NEEDS_LABELS] = labels
    tour[v, DURATION] = max(t - last, lead)
    return True


@inlined
def _backward(model: Model, state: State, v: int) -> bool:
    node, window, road, arc = state.at, model.window, model.road, model.arc
    at = state.at
    p = model.vehicle[v, PROFILE]
    j = model.vehicle[v, END]
    late = node[j, LAST_END]
    end_at, end_lead = at[j, EARLY], 0
    if node[j, WINDOW_N] - node[j, WINDOW_0] == 1:
        end_at = node[j, FIRST_START]
    at[j, LATE], at[j, END_AT], at[j, END_LEAD] = late, end_at, end_lead
    i = at[j, PREV]
    while i != NONE:
        x = at[j, CROSSED]
        service = node[i, SERVICE]
        if x == NONE:
            drive = arc[road[p, i, ROW] + road[p, j, COLUMN], DRIVE]
            late -= drive
            end_lead += service + drive
        else:
            late = latest(
                model, state.deck_free, p, model.vehicle[v, CONVEYANCE], model.vehicle[v, DECK], i, j, late
            )
            # The ferry absorbs what is won or lost before it: the end is that of the crossing taken.
            end_at = max(end_at, at[j, EARLY] + end_lead)
            end_lead = -NEVER
        late = begin_until(node, window, i, late - service)
        if late < at[i, EARLY]:
            return False
        begin = node[i, FIRST_START] if node[i, WINDOW_N] - node[i, WINDOW_0] == 1 else at[i, EARLY]
        end_at = max(end_at, begin + end_lead)
        at[i, LATE], at[i, END_AT], at[i, END_LEAD] = late, end_at, end_lead
        j = i
        i = at[j, PREV]
    return True


@inlined
def _loads(model: Model, state: State, v: int) -> bool:
    at, load = state.at, state.load
    start, end = model.vehicle[v, START], model.vehicle[v, END]
    for d in range(load.shape[2]):
        amount = 0
        i = at[start, NEXT]
        while i != end:
            amount += load[i, DELIVER, d]
            i = at[i, NEXT]
        most = 0
        i = start
        while i != NONE:
            amount += load[i, COLLECT, d] - load[i, DELIVER, d]
            most = max(most, amount)
            load[i, AFTER, d], load[i, MOST_BEFORE, d] = amount, most
            i = at[i, NEXT]
        if most > model.capacity[v, d]:
            return False
        most = 0
        i = end
        while i != NONE:
            most = max(most, load[i, AFTER, d])
            load[i, MOST_AFTER, d] = most
            i = at[i, PREV]
    return True


@compiled
def refresh(model: Model, state: State, v: int) -> bool:
    """Re-compute everything kept for route ``v``; return ``False`` where it cannot be done in this order.

    Crossings are the earliest ones; their cost and the best departure are ``labels.settle``'s business.
    """
    if not (_forward(model, state, v) and _backward(model, state, v) and _loads(model, state, v)):
        return False
    offer(model, state, v)
    return True


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
    i = at[model.vehicle[v, START], NEXT]
    while i != NONE:
        x = at[i, CROSSED]
        if x != NONE:
            for leg in range(SAILING_0, SAILING_0 + 3):
                sailing = model.crossing[x, leg]
                if sailing > 0:
                    state.deck_free[sailing] += slots
        i = at[i, NEXT]


@compiled
def clear_route(model: Model, state: State, v: int) -> None:
    """Make route ``v`` empty: its start node is followed by its end node."""
    at = state.at
    start, end = model.vehicle[v, START], model.vehicle[v, END]
    for column in range(CHANGING):
        at[start, column] = at[end, column] = NONE
    at[start, NEXT], at[end, PREV] = end, start
    at[start, ROUTE] = at[end, ROUTE] = v
    state.tour[v, LENGTH] = 0

"""One route's times and loads. ``refresh`` re-computes them all in two sweeps.

The forward sweep keeps at each node the earliest begin, and how the begin depends on the departure from the
depot: ``begin = max(EARLY, departure + LEAD)`` for departures up to ``LAST_START`` (the duration segments of Vidal
et al., Computers & OR 40, 2013, section 4.2, as a prefix). The backward sweep keeps the latest begin from which the
rest of the route can still be done, and when the route would then end. After a crossing the begin no longer
depends on the departure. Breaks are left to ``labels.settle``.
"""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import (
    AFTER,
    BREAK_0,
    BREAK_N,
    BROUGHT,
    CHANGE,
    CHECK_IN,
    COLUMN,
    CONVEYANCE,
    CROSSED,
    DECK,
    DRIVE,
    DRIVE_IN,
    DURATION,
    EARLY,
    END,
    END_AT,
    END_LEAD,
    FIRST_CROSSED,
    FIRST_START,
    FROM_COLUMN,
    INNER,
    LAST_END,
    LAST_START,
    LATE,
    LEAD,
    LENGTH,
    LOCK,
    LOCK_RANK,
    LOCKED,
    LONG,
    MASS,
    METERS,
    METERS_IN,
    MOST_AFTER,
    MOST_BEFORE,
    MOST_DURATION,
    MOST_METERS,
    MOST_STOPS,
    NEEDS_LABELS,
    NEVER,
    NEXT,
    NEXT_CROSSED,
    NONE,
    POSITION,
    PREV,
    PROFILE,
    READY,
    RELEASE,
    ROAD,
    ROW,
    SERVICE,
    SHIPPED,
    SINCE,
    START,
    TO_ROW,
    WINDOW_0,
    WINDOW_N,
    Ints,
    Model,
    State,
)
from router.solver.kernel.route import add_to_decks, begin_from, begin_until, offer, release, window_end
from router.solver.kernel.water import earliest, latest, one_land


@compiled
def trip_release(at: Ints, first_reload: int, depot: int) -> int:
    """Return the earliest instant at which the trip that begins at node ``depot`` may leave it."""
    release = -NEVER
    i = at[depot, NEXT]
    while i != NONE and i < first_reload:
        release = max(release, at[i, READY])
        i = at[i, NEXT]
    return release


@inlined
def _forward(model: Model, state: State, v: int) -> bool:
    window, road, arc, at, tour = model.window, model.road, model.arc, state.at, state.tour
    stops = model.penalty.shape[0]
    first_reload = stops + 2 * tour.shape[0]
    p = model.vehicle[v, PROFILE]
    i = model.vehicle[v, START]
    release = trip_release(at, first_reload, i)
    t = begin_from(at, window, i, max(at[i, FIRST_START], release))
    if t >= NEVER:
        return False
    lead, last, since, position, length, meters = 0, at[i, LAST_END], 0, 0, 0, 0
    labels = 1 if model.vehicle[v, BREAK_N] > model.vehicle[v, BREAK_0] else 0
    if at[i, WINDOW_N] - at[i, WINDOW_0] > 1:
        # That it may not leave between two openings is left to ``labels.settle``.
        labels = 1
    at[i, EARLY], at[i, LEAD], at[i, LAST_START], at[i, POSITION] = t, lead, last, 0
    at[i, RELEASE], at[i, SINCE] = release, since
    tour[v, FIRST_CROSSED] = tail = NONE
    if tour[v, LOCKED] == 1:
        for lock in range(model.locks[0]):
            state.lock_seen[lock] = NONE
    j = at[i, NEXT]
    while j != NONE:
        leave = t + at[i, SERVICE]
        if i >= first_reload:
            leave = max(leave, release)
        lead += at[i, SERVICE]
        since += at[i, SERVICE]
        drive, step = at[j, DRIVE_IN], at[j, METERS_IN]
        if drive == NONE and one_land(road[p, i, MASS], road[p, j, MASS]):
            cell = road[p, i, ROW] + road[p, j, COLUMN]
            drive, step = int(arc[cell, DRIVE]), int(arc[cell, LONG])
            if drive < 0:
                return False
            at[j, DRIVE_IN], at[j, CROSSED] = drive, NONE
        if drive != NONE:
            t = leave + drive
            lead += drive
            since += drive
        else:
            labels = 1
            t, x, g = earliest(
                model, state.deck_free, p, model.vehicle[v, CONVEYANCE], model.vehicle[v, DECK], i, j, leave
            )
            if x == NONE:
                return False
            to_port = road[p, i, ROW] + model.port_pair[g, FROM_COLUMN]
            from_port = model.port_pair[g, TO_ROW] + road[p, j, COLUMN]
            last = min(last, model.crossing[x, CHECK_IN] - lead - arc[to_port, DRIVE])
            lead = t - last
            since = -NEVER
            step = int(arc[to_port, LONG]) + model.crossing[x, ROAD] + int(arc[from_port, LONG])
            at[j, CROSSED], at[j, NEXT_CROSSED] = x, NONE
            if tail == NONE:
                tour[v, FIRST_CROSSED] = j
            else:
                at[tail, NEXT_CROSSED] = j
            tail = j
        t = begin_from(at, window, j, t)
        if t >= NEVER:
            return False
        end = at[j, LAST_END]
        if at[j, WINDOW_N] - at[j, WINDOW_0] > 1:
            labels = 1
            end = window_end(at, window, j, t)
        last = min(last, end - lead)
        meters += step
        position += 1
        if j < stops:
            length += 1
            lock = at[j, LOCK]
            if lock != NONE:
                if at[j, LOCK_RANK] < state.lock_seen[lock]:
                    return False
                state.lock_seen[lock] = at[j, LOCK_RANK]
        elif j >= first_reload:
            release = trip_release(at, first_reload, j)
            since = -at[j, SERVICE]
        at[j, EARLY], at[j, LEAD], at[j, LAST_START] = t, lead, last
        at[j, POSITION], at[j, METERS_IN] = position, step
        at[j, RELEASE], at[j, SINCE] = release, since
        i = j
        j = at[i, NEXT]
    tour[v, LENGTH], tour[v, INNER] = length, position - 1
    tour[v, METERS] = meters
    tour[v, NEEDS_LABELS] = labels
    tour[v, DURATION] = max(t - last, lead)
    if length > 0 and (meters > tour[v, MOST_METERS] or length > tour[v, MOST_STOPS]):
        return False
    return length == 0 or labels == 1 or tour[v, DURATION] <= tour[v, MOST_DURATION]


@inlined
def _backward(model: Model, state: State, v: int) -> bool:
    window, at, stops = model.window, state.at, model.penalty.shape[0]
    p = model.vehicle[v, PROFILE]
    j = model.vehicle[v, END]
    late = at[j, LAST_END]
    end_at, end_lead = at[j, EARLY], 0
    if at[j, WINDOW_N] - at[j, WINDOW_0] == 1:
        end_at = at[j, FIRST_START]
    at[j, LATE], at[j, END_AT], at[j, END_LEAD] = late, end_at, end_lead
    i = at[j, PREV]
    while i != NONE:
        service = at[i, SERVICE]
        if at[j, CROSSED] == NONE:
            late -= at[j, DRIVE_IN]
            end_lead += service + at[j, DRIVE_IN]
        else:
            late = latest(
                model, state.deck_free, p, model.vehicle[v, CONVEYANCE], model.vehicle[v, DECK], i, j, late
            )
            # The ferry absorbs what is won or lost before it: the end is that of the crossing taken.
            end_at = max(end_at, at[j, EARLY] + end_lead)
            end_lead = -NEVER
        if i >= stops and late < at[i, RELEASE]:
            return False
        late = begin_until(at, window, i, late - service)
        if late < at[i, EARLY]:
            return False
        begin = at[i, FIRST_START] if at[i, WINDOW_N] - at[i, WINDOW_0] == 1 else at[i, EARLY]
        if i >= stops:
            begin = max(begin, at[i, RELEASE] - service)
        end_at = max(end_at, begin + end_lead)
        at[i, LATE], at[i, END_AT], at[i, END_LEAD] = late, end_at, end_lead
        j = i
        i = at[j, PREV]
    return True


@inlined
def _loads(model: Model, state: State, v: int) -> bool:
    at, load = state.at, state.load
    first_reload = model.penalty.shape[0] + 2 * state.tour.shape[0]
    for d in range(load.shape[2]):
        shipped = 0
        depot = model.vehicle[v, START]
        while depot != NONE:
            amount = shipped
            i = at[depot, NEXT]
            while i != NONE and i < first_reload:
                amount += load[i, BROUGHT, d]
                i = at[i, NEXT]
            most, tail = amount, depot
            load[depot, AFTER, d] = load[depot, MOST_BEFORE, d] = amount
            i = at[depot, NEXT]
            while i != NONE and i < first_reload:
                amount += load[i, CHANGE, d]
                shipped += load[i, SHIPPED, d]
                most = max(most, amount)
                load[i, AFTER, d], load[i, MOST_BEFORE, d] = amount, most
                tail = i
                i = at[i, NEXT]
            if most > model.capacity[v, d]:
                return False
            following = i
            most, i = 0, tail
            while True:
                most = max(most, load[i, AFTER, d])
                load[i, MOST_AFTER, d] = most
                if i == depot:
                    break
                i = at[i, PREV]
            depot = following
    return True


@compiled
def refresh(model: Model, state: State, v: int) -> bool:
    """Re-compute everything kept for route ``v``; return ``False`` where it cannot be done in this order.

    Crossings are the earliest ones; their cost and the best departure are ``labels.settle``'s business. The route
    holds their deck slots from here on, so that no other one changed in the same round counts on them.
    """
    release(model, state, v)
    if state.at[model.vehicle[v, START], NEXT] == model.vehicle[v, END]:
        # Known to be unused even where the way home is shut today, by a full deck perhaps.
        state.tour[v, LENGTH] = state.tour[v, INNER] = 0
    if not (_forward(model, state, v) and _backward(model, state, v) and _loads(model, state, v)):
        state.tour[v, FIRST_CROSSED] = NONE
        return False
    if state.deck_free.shape[0] > 1:
        add_to_decks(model, state, v, -model.vehicle[v, DECK])
    offer(model, state, v)
    return True

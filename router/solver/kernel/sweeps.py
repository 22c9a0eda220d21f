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
    CONVEYANCE,
    DECK,
    DURATION,
    END,
    FIRST_CROSSED,
    FROM_COLUMN,
    INNER,
    LENGTH,
    LOCKED,
    METERS,
    MOST_AFTER,
    MOST_BEFORE,
    MOST_DURATION,
    MOST_METERS,
    MOST_STOPS,
    NEEDS_LABELS,
    NEVER,
    NONE,
    PROFILE,
    ROAD,
    SHIPPED,
    START,
    TO_ROW,
    Model,
    State,
)
from router.solver.kernel.route import add_to_decks, begin_from, begin_until, offer, release, window_end
from router.solver.kernel.water import earliest, latest, one_land


@inlined
def trip_release(model: Model, state: State, depot: int) -> int:
    """Return the earliest instant at which the trip that begins at node ``depot`` may leave it."""
    release = -NEVER
    i = state.at[depot].next if model.waits[0] == 1 else NONE
    while i != NONE and i < model.penalty.shape[0] + 2 * state.tour.shape[0]:
        release = max(release, model.node[i].ready)
        i = state.at[i].next
    return release


@inlined
def _load_up(model: Model, state: State, depot: int) -> None:
    """Put on board at node ``depot`` what its trip brings, beside the shipments that stay on board."""
    at, load = state.at, state.load
    first_reload = model.penalty.shape[0] + 2 * state.tour.shape[0]
    for d in range(load.shape[2]):
        load[depot, AFTER, d] = state.shipped[d]
    i = at[depot].next
    while i != NONE and i < first_reload:
        for d in range(load.shape[2]):
            load[depot, AFTER, d] += load[i, BROUGHT, d]
        i = at[i].next
    for d in range(load.shape[2]):
        load[depot, MOST_BEFORE, d] = load[depot, AFTER, d]


@inlined
def _carry(model: Model, state: State, v: int, i: int, j: int) -> bool:
    """Note the loads on board after node ``j``, which follows node ``i``; return whether the vehicle holds them."""
    load, holds = state.load, True
    for d in range(load.shape[2]):
        amount = load[i, AFTER, d] + load[j, CHANGE, d]
        most = max(load[i, MOST_BEFORE, d], amount)
        load[j, AFTER, d], load[j, MOST_BEFORE, d] = amount, most
        state.shipped[d] += load[j, SHIPPED, d]
        if most > model.capacity[v, d]:
            holds = False
    return holds


@inlined
def _leave_depot(model: Model, state: State, v: int) -> int:
    """Load vehicle ``v`` and note when it leaves at the earliest; return that, or NEVER."""
    i, tour, node, at = model.vehicle[v, START], state.tour, model.node, state.at
    release = trip_release(model, state, i)
    for d in range(state.shipped.shape[0]):
        state.shipped[d] = 0
    _load_up(model, state, i)
    early = begin_from(node, model.window, i, max(node[i].first_start, release))
    at[i].early, at[i].lead, at[i].last_start, at[i].position = early, 0, node[i].last_end, 0
    at[i].release, at[i].since = release, 0
    if tour[v, LOCKED] == 1:
        for lock in range(model.locks[0]):
            state.lock_seen[lock] = NONE
    return early


@inlined
def _find_road(model: Model, state: State, p: int, i: int, j: int) -> bool:
    """Write how node ``j`` is reached from node ``i`` on land to the former, if that is not known yet.

    Return ``False`` where there is no road. Over water nothing is written.
    """
    road, at = model.road[p], state.at
    if at[j].drive_in == NONE and one_land(road[i].mass, road[j].mass):
        cell = road[i].row + road[j].column
        drive = int(model.arc[cell].drive)
        if drive < 0:
            return False
        at[j].drive_in, at[j].crossed, at[j].meters_in = drive, NONE, int(model.arc[cell].long)
    return True


@inlined
def _cross(
    model: Model, state: State, v: int, i: int, j: int, leave: int, lead: int, last: int
) -> tuple[int, int, int]:
    """Take the earliest crossing to node ``j`` after leaving node ``i`` at ``leave``, and write it to the former.

    Return ``(arrival, metres, last)``: the latest departure from the depot, ``last`` so far, that catches it. Arrival
    is NEVER where there is none.
    """
    p, arc, at = model.vehicle[v, PROFILE], model.arc, state.at
    arrival, x, g = earliest(
        model, state.deck_free, p, model.vehicle[v, CONVEYANCE], model.vehicle[v, DECK], i, j, leave
    )
    if x == NONE:
        return NEVER, 0, last
    to_port = model.road[p, i].row + model.port_pair[g, FROM_COLUMN]
    from_port = model.port_pair[g, TO_ROW] + model.road[p, j].column
    at[j].crossed, at[j].next_crossed = x, NONE
    meters = int(arc[to_port].long) + model.crossing[x, ROAD] + int(arc[from_port].long)
    return arrival, meters, min(last, model.crossing[x, CHECK_IN] - lead - arc[to_port].drive)


@inlined
def _in_turn(model: Model, state: State, j: int) -> bool:
    """Note that stop ``j`` is visited; return ``False`` if a stop of its lock that follows it was visited before."""
    lock = model.node[j].lock
    if lock != NONE:
        if model.node[j].lock_rank < state.lock_seen[lock]:
            return False
        state.lock_seen[lock] = model.node[j].lock_rank
    return True


@inlined
def _forward(model: Model, state: State, v: int) -> bool:
    window, node, at, tour = model.window, model.node, state.at, state.tour
    stops = model.penalty.shape[0]
    first_reload = stops + 2 * tour.shape[0]
    i = model.vehicle[v, START]
    tour[v, FIRST_CROSSED] = tail = NONE
    t = _leave_depot(model, state, v)
    if t >= NEVER:
        return False
    lead, last, since, position, length, meters = 0, node[i].last_end, 0, 0, 0, 0
    # That it may not leave between two openings is left to ``labels.settle``, too.
    rests = model.vehicle[v, BREAK_N] > model.vehicle[v, BREAK_0]
    labels = 1 if rests or node[i].window_n - node[i].window_0 > 1 else 0
    release = at[i].release
    j = at[i].next
    while j != NONE:
        if not _find_road(model, state, model.vehicle[v, PROFILE], i, j):
            return False
        leave = t + node[i].service
        if i >= first_reload:
            leave = max(leave, release)
        lead += node[i].service
        since += node[i].service
        drive, step = at[j].drive_in, at[j].meters_in
        if drive != NONE:
            t = leave + drive
            lead += drive
            since += drive
        else:
            labels = 1
            t, step, last = _cross(model, state, v, i, j, leave, lead, last)
            if t >= NEVER:
                return False
            lead, since = t - last, -NEVER
            if tail == NONE:
                tour[v, FIRST_CROSSED] = j
            else:
                at[tail].next_crossed = j
            tail = j
        t = begin_from(node, window, j, t)
        if t >= NEVER:
            return False
        end = node[j].last_end
        if node[j].window_n - node[j].window_0 > 1:
            labels = 1
            end = window_end(node, window, j, t)
        if j < first_reload and not _carry(model, state, v, i, j):
            return False
        last = min(last, end - lead)
        meters += step
        position += 1
        if j < stops:
            length += 1
            if not _in_turn(model, state, j):
                return False
        elif j >= first_reload:
            release = trip_release(model, state, j)
            since = -node[j].service
            _load_up(model, state, j)
        at[j].early, at[j].lead, at[j].last_start = t, lead, last
        at[j].position, at[j].meters_in = position, step
        at[j].release, at[j].since = release, since
        i = j
        j = at[i].next
    tour[v, LENGTH], tour[v, INNER] = length, position - 1
    tour[v, METERS] = meters
    tour[v, NEEDS_LABELS] = labels
    tour[v, DURATION] = max(t - last, lead)
    if length > 0 and (meters > tour[v, MOST_METERS] or length > tour[v, MOST_STOPS]):
        return False
    return length == 0 or labels == 1 or tour[v, DURATION] <= tour[v, MOST_DURATION]


@inlined
def _most_after(state: State, i: int, j: int, first_reload: int) -> None:
    """Note the most on board from node ``i`` on, which node ``j`` follows, in the same trip or not."""
    load = state.load
    for d in range(load.shape[2]):
        load[i, MOST_AFTER, d] = load[i, AFTER, d]
        if j < first_reload:
            load[i, MOST_AFTER, d] = max(load[i, AFTER, d], load[j, MOST_AFTER, d])


@inlined
def _backward(model: Model, state: State, v: int) -> bool:
    window, at, node, stops = model.window, state.at, model.node, model.penalty.shape[0]
    p = model.vehicle[v, PROFILE]
    j = model.vehicle[v, END]
    late = node[j].last_end
    end_at, end_lead = at[j].early, 0
    if node[j].window_n - node[j].window_0 == 1:
        end_at = node[j].first_start
    at[j].late, at[j].end_at, at[j].end_lead = late, end_at, end_lead
    first_reload = stops + 2 * state.tour.shape[0]
    for d in range(state.load.shape[2]):
        state.load[j, MOST_AFTER, d] = state.load[j, AFTER, d]
    i = at[j].prev
    while i != NONE:
        service = node[i].service
        if at[j].crossed == NONE:
            late -= at[j].drive_in
            end_lead += service + at[j].drive_in
        else:
            late = latest(
                model, state.deck_free, p, model.vehicle[v, CONVEYANCE], model.vehicle[v, DECK], i, j, late
            )
            # The ferry absorbs what is won or lost before it: the end is that of the crossing taken.
            end_at = max(end_at, at[j].early + end_lead)
            end_lead = -NEVER
        if i >= stops and late < at[i].release:
            return False
        late = begin_until(node, window, i, late - service)
        if late < at[i].early:
            return False
        begin = node[i].first_start if node[i].window_n - node[i].window_0 == 1 else at[i].early
        if i >= stops:
            begin = max(begin, at[i].release - service)
        end_at = max(end_at, begin + end_lead)
        at[i].late, at[i].end_at, at[i].end_lead = late, end_at, end_lead
        _most_after(state, i, j, first_reload)
        j = i
        i = at[j].prev
    return True


@compiled
def refresh(model: Model, state: State, v: int) -> bool:
    """Re-compute everything kept for route ``v``; return ``False`` where it cannot be done in this order.

    Crossings are the earliest ones; their cost and the best departure are ``labels.settle``'s business. The route
    holds their deck slots from here on, so that no other one changed in the same round counts on them.
    """
    release(model, state, v)
    if state.at[model.vehicle[v, START]].next == model.vehicle[v, END]:
        # Known to be unused even where the way home is shut today, by a full deck perhaps.
        state.tour[v, LENGTH] = state.tour[v, INNER] = 0
    if not (_forward(model, state, v) and _backward(model, state, v)):
        state.tour[v, FIRST_CROSSED] = NONE
        return False
    if state.deck_free.shape[0] > 1:
        add_to_decks(model, state, v, -model.vehicle[v, DECK])
    offer(model, state, v)
    return True

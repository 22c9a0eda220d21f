"""Where do two stops fit best, one before the other, and where does a stop fit as a trip of its own?

Both are judged by following the route in time from the first change on. What it then costs in time is told as for a
single stop (``place.by_road``): exactly on routes without crossings and breaks, by the earliest crossings
elsewhere. What these say is tried exactly before it is accepted.
"""

import numpy as np

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import (
    AFTER,
    DURATION,
    FIXED,
    LENGTH,
    METERS,
    MOST_DURATION,
    MOST_METERS,
    NEEDS_LABELS,
    NEVER,
    NONE,
    PER_METER,
    PER_SECOND,
    SHIPPED,
    START,
    Model,
    State,
)
from router.solver.kernel.rng import uniform
from router.solver.kernel.route import begin_from, spare_reload, window_end
from router.solver.kernel.water import hop

BLINK = 0.01


@inlined
def _arc_cost(model: Model, state: State, v: int, j: int) -> float:
    """Return the cost of the road and the crossing taken to reach node ``j``."""
    cost = model.rate[v, PER_METER] * state.at[j].meters_in
    x = state.at[j].crossed
    return cost + model.fare[x] if x != NONE else cost


@compiled
def _carries(model: Model, state: State, v: int, c: int, i: int) -> bool:
    """Return whether the load of shipment end ``c`` fits on board after node ``i``."""
    for d in range(model.capacity.shape[1]):
        if state.load[i, AFTER, d] + state.load[c, SHIPPED, d] > model.capacity[v, d]:
            return False
    return True


@inlined
def _release(model: Model, state: State, i: int) -> int:
    """Return the instant before which node ``i`` is not left, whatever happens there."""
    return state.at[i].release if i >= model.penalty.shape[0] else -NEVER


@compiled
def _reach(
    model: Model, state: State, v: int, i: int, j: int, begin: int, lead: int, last: int, release: int
) -> tuple[int, int, int, int, float]:
    """Go from node ``i``, begun at ``begin``, to node ``j``: ``(begin there, lead, last, metres, fare)``.

    Begin, lead and last departure are as in ``sweeps``; the begin is NEVER where there is no way. The node is not
    left before ``release``.
    """
    node = model.node
    leave = max(begin + node[i].service, release)
    arrive, meters, fare, due = hop(model, state.deck_free, v, i, j, leave)
    if arrive >= NEVER:
        return NEVER, 0, 0, 0, 0.0
    lead += node[i].service
    if due == NONE:
        lead += arrive - leave
    else:
        last = min(last, due - lead)
        lead = -NEVER
    begin = begin_from(model.node, model.window, j, arrive)
    if begin < NEVER:
        last = min(last, window_end(model.node, model.window, j, begin) - lead)
    return begin, lead, last, meters, fare


@compiled
def _time_cost(model: Model, state: State, v: int, j: int, begin: int, lead: int, last: int) -> float:
    """Return what the hours of route ``v`` cost more when node ``j`` is reached like this.

    Infinity where it is too late, or where too many hours are certain: over water a later crossing may save some.
    """
    at, tour = state.at, state.tour
    if begin > at[j].late:
        return np.inf
    last = min(last, at[j].late - lead)
    out = max(max(at[j].end_at, begin + at[j].end_lead) - last, lead + at[j].end_lead)
    if out > tour[v, MOST_DURATION] and tour[v, NEEDS_LABELS] == 0 and lead > -NEVER // 2:
        return np.inf
    return model.rate[v, PER_SECOND] * (out - (tour[v, DURATION] if tour[v, LENGTH] > 0 else 0))


@compiled
def best_pair(model: Model, state: State, v: int, c: int, mate: int, bar: float) -> tuple[float, int, int]:
    """Return ``(extra cost, node before the first, node before the second)`` for stop ``c`` and, after it, ``mate``.

    These are the ends of a shipment, or two stops that only go together. The second may come right after the
    first: the node before it is then ``c`` itself. Nodes are NONE where no place below ``bar`` was found.
    """
    at, node, used = state.at, model.node, state.tour[v, LENGTH] > 0
    rate_m, room = model.rate[v, PER_METER], state.tour[v, MOST_METERS]
    if used:
        room -= state.tour[v, METERS]
    ready = max(node[c].ready, node[mate].ready)
    best, first, second = bar, NONE, NONE
    i = model.vehicle[v, START]
    while at[i].next != NONE and at[i].early <= node[c].last_end:
        j = at[i].next
        begin = at[i].early
        if ready > at[i].release:
            begin = max(begin, ready + at[i].since)
        if begin > at[i].late or not _carries(model, state, v, c, i) or uniform(state.random) < BLINK:
            i = j
            continue
        begin, lead, last, meters, fare = _reach(
            model, state, v, i, c, begin, at[i].lead, at[i].last_start, _release(model, state, i)
        )
        base, longer = rate_m * meters + fare + (0.0 if used else model.rate[v, FIXED]), meters
        k, following = c, j
        while following != NONE and begin < NEVER:
            # The second between k and the node after it.
            removed, known = 0.0, 0
            if used:
                removed, known = _arc_cost(model, state, v, following), at[following].meters_in
            release = _release(model, state, k)
            t, lead_t, last_t, meters, fare = _reach(model, state, v, k, mate, begin, lead, last, release)
            if t < NEVER:
                cost, more = base - removed + rate_m * meters + fare, longer - known + meters
                t, lead_t, last_t, meters, fare = _reach(
                    model, state, v, mate, following, t, lead_t, last_t, -NEVER
                )
                if t < NEVER and more + meters <= room:
                    cost += rate_m * meters + fare
                    cost += _time_cost(model, state, v, following, t, lead_t, last_t)
                    if cost < best:
                        best, first, second = cost, i, k
            if at[following].next == NONE or not _carries(model, state, v, c, following):
                break
            begin, lead, last, meters, fare = _reach(
                model, state, v, k, following, begin, lead, last, release
            )
            if begin > at[following].late:
                break
            base += rate_m * meters + fare - removed
            longer += meters - known
            k, following = following, at[following].next
        i = j
    return best, first, second


@compiled
def best_trip(
    model: Model, state: State, v: int, c: int, bar: float, low: int, high: int
) -> tuple[float, int, int]:
    """Return ``(extra cost, node before, 1)`` for stop ``c`` as a trip of its own in route ``v``.

    The reload comes before ``c``; after the start node, behind it, which is said by a 2. The node is NONE where
    there is no such place below ``bar``. It must stand at a position from ``low`` to below ``high``.
    """
    at, node, reload = state.at, model.node, spare_reload(model, state, v)
    best, place, way = bar, NONE, 0
    if reload == NONE or state.tour[v, LENGTH] == 0:
        return best, place, way
    stops, rate_m = model.penalty.shape[0], model.rate[v, PER_METER]
    i = model.vehicle[v, START]
    while at[i].next != NONE:
        j = at[i].next
        at_start = at[i].prev == NONE
        if (at_start or j >= stops) and low <= at[i].position < high:
            begin, lead, last, release = at[i].early, at[i].lead, at[i].last_start, at[i].release
            after_reload = node[c].ready
            if at_start:
                # What the first trip waited for is now waited for at the reload.
                begin = begin_from(node, model.window, i, max(node[i].first_start, node[c].ready))
                release, after_reload = -NEVER, at[i].release
                last = window_end(node, model.window, i, begin)
            elif i < stops:
                release = -NEVER
            cost, longer, previous = -_arc_cost(model, state, v, j), -at[j].meters_in, i
            for step in range(3):
                here = j if step == 2 else c if (step == 0) == at_start else reload
                begin, lead, last, meters, fare = _reach(
                    model, state, v, previous, here, begin, lead, last, release
                )
                if begin >= NEVER:
                    cost = np.inf
                    break
                cost += rate_m * meters + fare
                longer += meters
                release = after_reload if here == reload else -NEVER
                previous = here
            if cost < np.inf and longer <= state.tour[v, MOST_METERS] - state.tour[v, METERS]:
                cost += _time_cost(model, state, v, j, begin, lead, last)
                if cost < best:
                    best, place, way = cost, i, 2 if at_start else 1
        i = j
    return best, place, way

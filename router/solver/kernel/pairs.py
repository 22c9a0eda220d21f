"""Where do two ends of a shipment fit best, and where does a stop fit as a trip of its own?

Both are judged by following the route in time from the first change on; the cost of time is that of the driving
added. What these say is tried exactly before it is accepted.
"""

import numpy as np

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import (
    AFTER,
    CROSSED,
    EARLY,
    FIXED,
    LAST_END,
    LATE,
    LENGTH,
    MATE,
    METERS_IN,
    NEVER,
    NEXT,
    NONE,
    PER_METER,
    PER_SECOND,
    PREV,
    READY,
    RELEASE,
    SERVICE,
    SHIPPED,
    START,
    Model,
    State,
)
from router.solver.kernel.rng import uniform
from router.solver.kernel.route import begin_from, spare_reload
from router.solver.kernel.water import hop

BLINK = 0.01


@inlined
def _arc_cost(model: Model, state: State, v: int, j: int) -> float:
    """Return the cost of the road and the crossing taken to reach node ``j``."""
    cost = model.rate[v, PER_METER] * state.at[j, METERS_IN]
    x = state.at[j, CROSSED]
    return cost + model.fare[x] if x != NONE else cost


@inlined
def _added(model: Model, v: int, meters: int, fare: float, seconds: int) -> float:
    return model.rate[v, PER_METER] * meters + fare + model.rate[v, PER_SECOND] * seconds


@compiled
def _carries(model: Model, state: State, v: int, c: int, i: int) -> bool:
    """Return whether the load of shipment end ``c`` fits on board after node ``i``."""
    for d in range(model.capacity.shape[1]):
        if state.load[i, AFTER, d] + state.load[c, SHIPPED, d] > model.capacity[v, d]:
            return False
    return True


@compiled
def best_pair(model: Model, state: State, v: int, c: int, bar: float) -> tuple[float, int, int]:
    """Return ``(extra cost, node before the pick-up, node before the drop-off)`` for the shipment of pick-up ``c``.

    The drop-off may come right after the pick-up: the node before it is then ``c`` itself. Nodes are NONE where no
    place below ``bar`` was found.
    """
    at, window, decks = state.at, model.window, state.deck_free
    mate, used = at[c, MATE], state.tour[v, LENGTH] > 0
    best, first, second = bar, NONE, NONE
    i = model.vehicle[v, START]
    while at[i, NEXT] != NONE and at[i, EARLY] <= at[c, LAST_END]:
        j = at[i, NEXT]
        leave = at[i, EARLY] + at[i, SERVICE]
        if i >= model.penalty.shape[0]:
            leave = max(leave, at[i, RELEASE])
        arrive, meters, fare = hop(model, decks, v, i, c, leave)
        t = begin_from(at, window, c, arrive)
        if t >= NEVER or not _carries(model, state, v, c, i) or uniform(state.random) < BLINK:
            i = j
            continue
        base = 0.0 if used else model.rate[v, FIXED]
        base += _added(model, v, meters, fare, arrive - leave)
        removed = _arc_cost(model, state, v, j) if used else 0.0
        k, following, t_k = c, j, t
        while following != NONE:
            # The drop-off between k and the node after it.
            out = t_k + at[k, SERVICE]
            arrive, meters, fare = hop(model, decks, v, k, mate, out)
            t_mate = begin_from(at, window, mate, arrive)
            if t_mate < NEVER:
                cost = base - removed + _added(model, v, meters, fare, arrive - out)
                out_mate = t_mate + at[mate, SERVICE]
                arrive, meters, fare = hop(model, decks, v, mate, following, out_mate)
                if begin_from(at, window, following, arrive) <= at[following, LATE]:
                    cost += _added(model, v, meters, fare, arrive - out_mate)
                    if cost < best:
                        best, first, second = cost, i, k
            arrive, meters, fare = hop(model, decks, v, k, following, out)
            t_k = begin_from(at, window, following, arrive)
            if t_k > at[following, LATE] or at[following, NEXT] == NONE:
                break
            if not _carries(model, state, v, c, following):
                break
            base += _added(model, v, meters, fare, 0) - removed
            k, following = following, at[following, NEXT]
            removed = _arc_cost(model, state, v, following)
        i = j
    return best, first, second


@compiled
def best_trip(model: Model, state: State, v: int, c: int, bar: float) -> tuple[float, int, int]:
    """Return ``(extra cost, node before, 1)`` for stop ``c`` as a trip of its own in route ``v``.

    The reload comes before ``c``; after the start node, behind it, which is said by a 2. The node is NONE where
    there is no such place below ``bar``.
    """
    at, window, decks = state.at, model.window, state.deck_free
    reload = spare_reload(model, state, v)
    best, place, way = bar, NONE, 0
    if reload == NONE or state.tour[v, LENGTH] == 0:
        return best, place, way
    stops = model.penalty.shape[0]
    i = model.vehicle[v, START]
    while at[i, NEXT] != NONE:
        j = at[i, NEXT]
        at_start = at[i, PREV] == NONE
        if at_start or j >= stops:
            a, b = (c, reload) if at_start else (reload, c)
            leave = at[i, EARLY] + at[i, SERVICE]
            if i >= stops:
                leave = max(leave, at[i, RELEASE])
            if at_start:
                leave = max(leave, at[c, READY])
            cost, t, previous = 0.0, leave, i
            for step in range(3):
                node = a if step == 0 else b if step == 1 else j
                arrive, meters, fare = hop(model, decks, v, previous, node, t)
                begin = begin_from(at, window, node, arrive)
                if begin >= NEVER:
                    cost = np.inf
                    break
                cost += _added(model, v, meters, fare, arrive - t)
                t = begin + at[node, SERVICE]
                if node == reload:
                    t = max(t, at[i, RELEASE] if at_start else at[c, READY])
                previous = node
                if step == 2 and begin > at[j, LATE]:
                    cost = np.inf
            cost -= _arc_cost(model, state, v, j)
            if cost < best and cost < bar:
                best, place, way = cost, i, 2 if at_start else 1
        i = j
    return best, place, way

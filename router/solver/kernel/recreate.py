"""Recreate: put absent stops back one by one, each where it costs least, now and then overlooking a place.

Only routes that hold a near neighbour are judged (with many stops only their places beside neighbours), one unused
vehicle of each type, and a few routes at random (over water a whole island may have nobody yet), so that an iteration
gets dearer with the length of routes and with what lies far apart in memory, but not with the number of stops as such.
"""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.insertion import (
    FULL,
    ROOMY,
    begin_judging,
    best_place,
    end_judging,
    locked_span,
    room_for,
)
from router.solver.kernel.model import (
    ABSENT,
    ATTEMPT,
    FIXED,
    ITERATION,
    LENGTH,
    MOST_STOPS,
    NEVER,
    NONE,
    RELOAD_0,
    RELOAD_N,
    RESCUE,
    RESCUER,
    SEED,
    STAMP,
    TYPE,
    WORK,
    Model,
    State,
)
from router.solver.kernel.pairs import best_pair, best_trip
from router.solver.kernel.rng import below, uniform
from router.solver.kernel.trial import AFTER_NODE

NEIGHBOURS, THEIR_ROUTES, ALL_ROUTES = 0, 1, 2
"""Where a place is looked for: beside near neighbours, ferries and depots, in the whole of the same routes, in all."""

WHOLE_ROUTES = 1_000
"""Up to so many nodes whole routes are judged: it costs little there, and decks with room for one or two need it."""

TYPES_MOST = 8
"""Most vehicle types of which an unused vehicle is tried for one stop, once there is one."""

STRANGERS, STRANGERS_OF = 2, 80
"""Routes tried at random for one stop where there is water, and of how many vehicles; of more, less often."""

ABSENT_SOME, ABSENT_MOST = 3, 25
"""Most stops left out before this iteration that are tried again in it: as a rule, and at any price."""

TRIED_AFAR = 200
"""With many stops, those left out are tried again where room was made; others so seldom: this over their number."""

RANDOM_WEIGHT, KEY_WEIGHTS = 4, (4, 2, 1, 2, 2, 2, 1)
"""How often stops are ordered at random or by each row of ``Model.order``."""


@inlined
def unused_vehicle(model: Model, state: State, kind: int) -> int:
    """Return a vehicle of type ``kind`` without a route that may go out, or NONE."""
    k, high = max(model.type_0[kind], state.hint[kind]), model.type_0[kind + 1]
    while k < high and (state.tour[model.type_vehicle[k], LENGTH] > 0 or state.closed[model.type_vehicle[k]]):
        k += 1
    state.hint[kind] = k
    return model.type_vehicle[k] if k < high else NONE


@inlined
def _left_out(state: State, c: int) -> bool:
    """Return whether stop ``c`` was left out before this round."""
    return state.at[c].route == NONE and state.taken[c] != state.counter[ITERATION]


@inlined
def _seldom_failed(state: State, before: int) -> int:
    """Return the one of three stops left out, drawn at random, that failed least."""
    seed = state.absent[below(state.random, before)]
    for _ in range(2):
        other = state.absent[below(state.random, before)]
        if state.failed[other] < state.failed[seed]:
            seed = other
    return seed


@compiled
def collect_work(model: Model, state: State, before: int, most: int) -> None:
    """List the stops to insert: those taken out just now, and at most ``most`` of the ``before`` left out earlier.

    The latter are neighbours of each other, since a trip over water may be worth it for several only; those that
    failed often are tried less often.
    """
    size = 0
    if before > 0 and most > 0:
        seed, stops = state.counter[SEED], model.penalty.shape[0]
        afar = stops <= WHOLE_ROUTES or uniform(state.random) * stops < TRIED_AFAR
        if afar and not _left_out(state, seed):
            seed = _seldom_failed(state, before)
        if _left_out(state, seed):
            state.work[size] = seed
            size += 1
        for q in range(model.near.shape[1]):
            c = model.near[seed, q]
            if c == NONE or size == most:
                break
            if _left_out(state, c):
                state.work[size] = c
                size += 1
    for k in range(before, state.counter[ABSENT]):
        state.work[size] = state.absent[k]
        size += 1
    state.counter[WORK] = size


@compiled
def sort_work(model: Model, state: State) -> None:
    """Put the stops to insert in an order chosen at random; required ones mostly go first."""
    size, work, keys = state.counter[WORK], state.work, state.keys
    total = RANDOM_WEIGHT
    for weight in KEY_WEIGHTS:
        total += weight
    draw, chosen = below(state.random, total) - RANDOM_WEIGHT, -1
    while draw >= 0:
        chosen += 1
        draw -= KEY_WEIGHTS[chosen]
    required_first = uniform(state.random) < 0.8
    for k in range(size):
        c = work[k]
        keys[k] = uniform(state.random) if chosen < 0 else model.order[chosen, c]
        if required_first and model.required[c]:
            keys[k] -= 1e15
        if state.counter[RESCUE] == 1 and state.taken[c] != state.counter[ITERATION]:
            keys[k] -= 1e16
    for k in range(1, size):
        c, key, q = work[k], keys[k], k - 1
        while q >= 0 and keys[q] > key:
            work[q + 1], keys[q + 1] = work[q], keys[q]
            q -= 1
        work[q + 1], keys[q + 1] = c, key


@inlined
def _candidates(model: Model, state: State, c: int, scope: int) -> tuple[int, int]:
    """List the routes to judge for stop ``c`` in ``state.candidate``; return how many are near, and how many there are.

    The near ones come first: they hold neighbours of the stop, which are chained from ``state.first_near`` on where
    only the places beside them are judged.
    """
    state.counter[STAMP] += 1
    stamp, mark, at = state.counter[STAMP], state.mark, state.at
    allowed, vehicle, tour, candidate = model.allowed, model.vehicle, state.tour, state.candidate
    size = 0
    for q in range(model.near_road.shape[2]):
        neighbour = model.near[c, q]
        if neighbour == NONE:
            break
        v = at[neighbour].route
        if v == NONE:
            continue
        if mark[v] != stamp and allowed[c, vehicle[v, TYPE]]:
            mark[v] = stamp
            state.first_near[v] = state.last_near[v] = q
            candidate[size] = v
            size += 1
        if scope == NEIGHBOURS and mark[v] == stamp:
            state.beside[neighbour].stamp, state.beside[neighbour].rank = stamp, q
            state.next_near[state.last_near[v]] = q
            state.next_near[q] = NONE
            state.last_near[v] = q
    near = size
    types = model.type_0.shape[0] - 1
    first = 0 if types <= TYPES_MOST else below(state.random, types)
    rescuer = NONE if state.taken[c] == state.counter[ITERATION] else state.counter[RESCUER]
    for t in range(types):
        if t >= TYPES_MOST and size > near:
            break
        kind = (first + t) % types
        if rescuer not in (NONE, kind):
            continue
        if allowed[c, kind] and state.shut[kind] != state.counter[ITERATION]:
            v = unused_vehicle(model, state, kind)
            if v != NONE:
                candidate[size] = v
                size += 1
    everybody = scope == ALL_ROUTES
    strangers = tour.shape[0] if everybody else 0
    if not everybody and model.masses[0] > 1 and uniform(state.random) * tour.shape[0] < STRANGERS_OF:
        strangers = STRANGERS
    for k in range(strangers):
        v = k if everybody else below(state.random, tour.shape[0])
        if mark[v] != stamp and tour[v, LENGTH] > 0 and allowed[c, vehicle[v, TYPE]]:
            mark[v] = stamp
            candidate[size] = v
            size += 1
    return near, size


@compiled
def find_place(model: Model, state: State, c: int, bar: float, scope: int) -> tuple[float, int, int, int]:
    """Return ``(extra cost, vehicle, node before, way)`` of the cheapest place found for stop ``c`` below ``bar``.

    ``scope`` is NEIGHBOURS, THEIR_ROUTES or ALL_ROUTES.

    The vehicle is NONE where there is no such place. For the pick-up of a shipment ``way`` is the node before its
    drop-off; else it is one of the ways above.
    """
    best, best_v, place, way = bar, NONE, NONE, AFTER_NODE
    node, vehicle, tour = model.node, model.vehicle, state.tour
    locked = node[c].lock != NONE
    near, size = _candidates(model, state, c, scope)
    for k in range(size):
        v = state.candidate[k]
        if tour[v, LENGTH] == 0 and model.rate[v, FIXED] >= best:
            continue
        if tour[v, LENGTH] >= tour[v, MOST_STOPS] or state.barred[v] == state.counter[ATTEMPT]:
            continue
        if node[c].mate != NONE:
            own = begin_judging(model, state, v)
            cost, i, second = best_pair(model, state, v, c, node[c].mate, best)
            end_judging(model, state, v, own)
            if i != NONE:
                best, best_v, place, way = cost, v, i, second
            continue
        room = room_for(model, state, v, c)
        if room == FULL:
            continue
        low, high = -1, NEVER
        if locked:
            low, high = locked_span(model, state, v, c)
        cost, i = best_place(
            model,
            state,
            v,
            c,
            best,
            low,
            high,
            room == ROOMY,
            k < near and scope == NEIGHBOURS and not locked,
        )
        if i != NONE:
            best, best_v, place, way = cost, v, i, AFTER_NODE
        if vehicle[v, RELOAD_N] > vehicle[v, RELOAD_0]:
            own = begin_judging(model, state, v)
            cost, i, trip = best_trip(model, state, v, c, best, low, high)
            end_judging(model, state, v, own)
            if i != NONE:
                best, best_v, place, way = cost, v, i, trip
    return best, best_v, place, way

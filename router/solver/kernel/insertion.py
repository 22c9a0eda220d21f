"""Where does a stop fit best? Judged in constant time a position, plus the ferry look-ups.

Feasibility in time is exact where decks are as they were: arriving at the next node no later than its ``LATE``.
The cost of time is exact on routes without crossings; with them it is that of the crossings taken now.
"""

from numba import njit

from router.solver.kernel.model import (
    CHECK_IN,
    COLUMN,
    CONVEYANCE,
    CROSSED,
    DECK,
    DURATION,
    EARLY,
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
    MASS,
    METERS_IN,
    NEEDS_LABELS,
    NEVER,
    NEXT,
    NONE,
    PER_METER,
    PER_SECOND,
    PROFILE,
    ROAD,
    ROW,
    SERVICE,
    START,
    TO_ROW,
    TOUCHED,
    WINDOW_0,
    WINDOW_N,
    Model,
    State,
)
from router.solver.kernel.rng import uniform
from router.solver.kernel.route import add_to_decks, begin_from, window_end
from router.solver.kernel.water import earliest

BLINK = 0.01
"""Chance to overlook a position (Christiaens and Vanden Berghe 2020, section 5.3)."""


@njit(nogil=True, cache=True)
def _fits(model: Model, state: State, v: int, c: int, i: int) -> bool:
    """Return whether the loads allow stop ``c`` right after node ``i``."""
    for d in range(model.capacity.shape[1]):
        limit = model.capacity[v, d]
        if (
            state.load[i, 1, d] + model.deliver[c, d] > limit
            or state.load[i, 2, d] + model.collect[c, d] > limit
        ):
            return False
    return True


@njit(nogil=True, cache=True)
def _on_land(model: Model, state: State, v: int, c: int, bar: float):  # type: ignore[no-untyped-def]
    """Best position in a route that stays on the land mass of ``c``: ``(cost, node before)``."""
    at, node, window = state.at, model.node, model.window
    seconds, meters = model.seconds, model.meters
    p = model.vehicle[v, PROFILE]
    road = model.road[p]
    rate_m, rate_s = model.rate[v, PER_METER], model.rate[v, PER_SECOND]
    row_c, column_c, service_c = road[c, ROW], road[c, COLUMN], node[c, SERVICE]
    first, end = node[c, FIRST_START], node[c, LAST_END]
    single = node[c, WINDOW_N] - node[c, WINDOW_0] == 1
    duration = state.tour[v, DURATION] if state.tour[v, LENGTH] > 0 else 0
    base = model.rate[v, FIXED] if state.tour[v, LENGTH] == 0 else 0.0
    best, place = bar, NONE
    i = model.vehicle[v, START]
    j = at[i, NEXT]
    while j != NONE:
        if at[i, EARLY] > end:
            break
        cell_in, cell_out = road[i, ROW] + column_c, row_c + road[j, COLUMN]
        known = at[j, METERS_IN] if state.tour[v, LENGTH] > 0 else 0
        cost = base + rate_m * (meters[cell_in] + meters[cell_out] - known)
        if (cost < best or rate_s > 0.0) and at[j, LATE] >= first and uniform(state.random) >= BLINK:
            drive_in, drive_out = seconds[cell_in], seconds[cell_out]
            arrive = at[i, EARLY] + node[i, SERVICE] + drive_in
            if arrive <= end and drive_in >= 0 and drive_out >= 0:
                begin = max(arrive, first) if single else begin_from(node, window, c, arrive)
                onward = begin + service_c + drive_out
                if onward <= at[j, LATE] and _fits(model, state, v, c, i):
                    if rate_s > 0.0:
                        lead = at[i, LEAD] + node[i, SERVICE] + drive_in
                        closes = end if single else window_end(node, window, c, begin)
                        last = min(at[i, LAST_START], closes - lead)
                        lead += service_c + drive_out
                        last = min(last, at[j, LATE] - lead)
                        back = max(at[j, END_AT], onward + at[j, END_LEAD])
                        cost += rate_s * (max(back - last, lead + at[j, END_LEAD]) - duration)
                    if cost < best and (single or begin < NEVER):
                        best, place = cost, i
        i = j
        j = at[i, NEXT]
    return best, place


@njit(nogil=True, cache=True)
def _over_water(model: Model, state: State, v: int, c: int, bar: float):  # type: ignore[no-untyped-def]
    """Best position in any route, crossings implied where land masses differ: ``(cost, node before)``."""
    at, node, window, road = state.at, model.node, model.window, model.road
    seconds, meters, crossing = model.seconds, model.meters, model.crossing
    p, k, need = model.vehicle[v, PROFILE], model.vehicle[v, CONVEYANCE], model.vehicle[v, DECK]
    rate_m, rate_s = model.rate[v, PER_METER], model.rate[v, PER_SECOND]
    service_c = node[c, SERVICE]
    used = state.tour[v, LENGTH] > 0
    best, place = bar, NONE
    i = model.vehicle[v, START]
    j = at[i, NEXT]
    while j != NONE:
        if at[i, EARLY] > node[c, LAST_END]:
            break
        if (
            at[j, LATE] < node[c, FIRST_START]
            or not _fits(model, state, v, c, i)
            or uniform(state.random) < BLINK
        ):
            i = j
            j = at[i, NEXT]
            continue
        cost = 0.0 if used else model.rate[v, FIXED]
        leave = at[i, EARLY] + node[i, SERVICE]
        lead, last = at[i, LEAD] + node[i, SERVICE], at[i, LAST_START]
        a, b = i, c
        possible = True
        begin, road_new = 0, 0
        for leg in range(2):
            cell = road[p, a, ROW] + road[p, b, COLUMN]
            if road[p, a, MASS] == road[p, b, MASS]:
                if seconds[cell] < 0:
                    possible = False
                    break
                arrive = leave + seconds[cell]
                lead += seconds[cell]
                road_new += meters[cell]
            else:
                arrive, x, g = earliest(model, state.deck_free, p, k, need, a, b, leave)
                if x == NONE:
                    possible = False
                    break
                out = road[p, a, ROW] + model.port_pair[g, FROM_COLUMN]
                into = model.port_pair[g, TO_ROW] + road[p, b, COLUMN]
                last = min(last, crossing[x, CHECK_IN] - lead - seconds[out])
                lead = -NEVER
                road_new += meters[out] + crossing[x, ROAD] + meters[into]
                cost += model.fare[x]
            begin = begin_from(node, window, b, arrive)
            if leg == 0:
                if begin >= NEVER:
                    possible = False
                    break
                last = min(last, window_end(node, window, b, begin) - lead)
                leave = begin + service_c
                lead += service_c
                a, b = c, j
        if possible and begin <= at[j, LATE]:
            if used:
                cost -= rate_m * at[j, METERS_IN]
                if at[j, CROSSED] != NONE:
                    cost -= model.fare[at[j, CROSSED]]
            cost += rate_m * road_new
            if rate_s > 0.0 and cost < best:
                last = min(last, at[j, LATE] - lead)
                back = max(at[j, END_AT], begin + at[j, END_LEAD])
                before = state.tour[v, DURATION] if used else 0
                cost += rate_s * (max(back - last, lead + at[j, END_LEAD]) - before)
            if cost < best:
                best, place = cost, i
        i = j
        j = at[i, NEXT]
    return best, place


@njit(nogil=True, cache=True)
def best_place(model: Model, state: State, v: int, c: int, bar: float):  # type: ignore[no-untyped-def]
    """Return ``(extra cost, node before)`` of the cheapest place for stop ``c`` in route ``v`` below ``bar``.

    The node is NONE where there is no such place.
    """
    p = model.vehicle[v, PROFILE]
    home = model.road[p, model.vehicle[v, START], MASS]
    if state.tour[v, NEEDS_LABELS] == 0 and home == model.road[p, c, MASS]:
        return _on_land(model, state, v, c, bar)
    own = state.tour[v, TOUCHED] == 0 and state.deck_free.shape[0] > 1 and state.tour[v, LENGTH] > 0
    if own:
        add_to_decks(model, state, v, model.vehicle[v, DECK])
    best, place = _over_water(model, state, v, c, bar)
    if own:
        add_to_decks(model, state, v, -model.vehicle[v, DECK])
    return best, place

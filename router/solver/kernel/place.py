"""What does it cost to put a stop between two nodes of a route? In constant time, plus the ferry look-ups.

Feasibility in time is exact where decks are as they were: arriving at the next node no later than its ``LATE``.
The cost of time is exact on routes without crossings; with them it is that of the crossings taken now.
"""

import numpy as np

from router.solver.kernel.compiled import inlined
from router.solver.kernel.model import (
    ANYWHERE,
    BROUGHT,
    CHANGE,
    CHECK_IN,
    COLUMN,
    CONVEYANCE,
    CROSSED,
    DECK,
    DRIVE,
    DURATION,
    EARLY,
    END_AT,
    END_LEAD,
    FIRST_START,
    FIXED,
    FROM_COLUMN,
    IN_DRIVE,
    IN_LONG,
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
    MOST_DURATION,
    MOST_METERS,
    NEVER,
    NEXT,
    NONE,
    OUT_DRIVE,
    OUT_LONG,
    PER_METER,
    PER_SECOND,
    PROFILE,
    READY,
    RELEASE,
    ROAD,
    ROW,
    SERVICE,
    SINCE,
    STAMP,
    TO_ROW,
    WINDOW_0,
    WINDOW_N,
    Floats,
    Ints,
    Ints32,
    Model,
    Randoms,
    State,
)
from router.solver.kernel.rng import uniform
from router.solver.kernel.route import begin_from, window_end
from router.solver.kernel.water import earliest, one_land

NOWHERE = np.inf
"""Costs more than any place."""

BLINK = 0.01
"""Chance to overlook a position (Christiaens and Vanden Berghe 2020, section 5.3)."""


@inlined
def _fits(load: Ints, capacity: Ints, v: int, c: int, i: int) -> bool:
    """Return whether the loads allow stop ``c`` right after node ``i``."""
    fits = True
    for d in range(capacity.shape[1]):
        brought = load[c, BROUGHT, d]
        taken = brought + load[c, CHANGE, d]
        if (
            load[i, MOST_BEFORE, d] + brought > capacity[v, d]
            or load[i, MOST_AFTER, d] + taken > capacity[v, d]
        ):
            fits = False
    return fits


@inlined
def on_land(
    at: Ints,
    load: Ints,
    road: Ints,
    arc: Ints32,
    near_road: Ints32,
    beside: Ints,
    stamp: int,
    capacity: Ints,
    window: Ints,
    tour: Ints,
    rate: Floats,
    random: Randoms,
    first_depot: int,
    v: int,
    c: int,
    i: int,
    best: float,
) -> float:
    """Return what stop ``c`` costs behind node ``i`` of a route that stays on its land mass, or NOWHERE.

    Takes arrays one by one, not ``Model`` and ``State``: this is the innermost loop.
    """
    cost = NOWHERE
    j = at[i, NEXT]
    first, end = at[c, FIRST_START], at[c, LAST_END]
    used = tour[v, LENGTH] > 0
    early = at[i, EARLY]
    if at[c, READY] > at[i, RELEASE]:
        # The trip would leave later: what was waited before may absorb it.
        early = max(early, at[c, READY] + at[i, SINCE])
    if early <= min(end, at[i, LATE]) and at[j, LATE] >= first:
        if beside[i, 0] == stamp:
            drive_in, long_in = near_road[c, beside[i, 1], IN_DRIVE], near_road[c, beside[i, 1], IN_LONG]
        else:
            cell = road[i, ROW] + road[c, COLUMN]
            drive_in, long_in = arc[cell, DRIVE], arc[cell, LONG]
        if beside[j, 0] == stamp:
            drive_out, long_out = near_road[c, beside[j, 1], OUT_DRIVE], near_road[c, beside[j, 1], OUT_LONG]
        else:
            cell = road[c, ROW] + road[j, COLUMN]
            drive_out, long_out = arc[cell, DRIVE], arc[cell, LONG]
        longer = long_in + long_out - (at[j, METERS_IN] if used else 0)
        price = rate[v, PER_METER] * longer + (0.0 if used else rate[v, FIXED])
        room = tour[v, MOST_METERS] - (tour[v, METERS] if used else 0)
        arrive = early + at[i, SERVICE] + drive_in
        if i >= first_depot:
            arrive = max(arrive, at[i, RELEASE] + drive_in)
        if (
            (price < best or rate[v, PER_SECOND] > 0.0)
            and longer <= room
            and arrive <= end
            and min(drive_in, drive_out) >= 0
        ):
            single = at[c, WINDOW_N] - at[c, WINDOW_0] == 1
            begin = max(arrive, first) if single else begin_from(at, window, c, arrive)
            onward = begin + at[c, SERVICE] + drive_out
            if onward <= at[j, LATE] and _fits(load, capacity, v, c, i) and uniform(random) >= BLINK:
                cost = price
                if rate[v, PER_SECOND] > 0.0 or tour[v, MOST_DURATION] < NEVER:
                    lead = at[i, LEAD] + at[i, SERVICE] + drive_in
                    closes = end if single else window_end(at, window, c, begin)
                    last = min(at[i, LAST_START], closes - lead)
                    lead += at[c, SERVICE] + drive_out
                    last = min(last, at[j, LATE] - lead)
                    back = max(at[j, END_AT], onward + at[j, END_LEAD])
                    out = max(back - last, lead + at[j, END_LEAD])
                    cost += rate[v, PER_SECOND] * (out - (tour[v, DURATION] if used else 0))
                    if out > tour[v, MOST_DURATION]:
                        cost = NOWHERE
    return cost


@inlined
def over_water(model: Model, state: State, v: int, c: int, i: int, best: float) -> float:
    """Return what stop ``c`` costs behind node ``i`` of any route, crossings where land differs, or NOWHERE."""
    at, node, window, road = state.at, state.at, model.window, model.road
    arc, crossing, stamp = model.arc, model.crossing, state.counter[STAMP]
    j, stops = at[i, NEXT], model.penalty.shape[0]
    early = at[i, EARLY]
    if at[c, READY] > at[i, RELEASE]:
        early = max(early, at[c, READY] + at[i, SINCE])
    if (
        early > min(node[c, LAST_END], at[i, LATE])
        or at[j, LATE] < node[c, FIRST_START]
        or not _fits(state.load, model.capacity, v, c, i)
        or uniform(state.random) < BLINK
    ):
        return NOWHERE
    p, k, need = model.vehicle[v, PROFILE], model.vehicle[v, CONVEYANCE], model.vehicle[v, DECK]
    rate_m, rate_s = model.rate[v, PER_METER], model.rate[v, PER_SECOND]
    service_c, mass_c, masses = node[c, SERVICE], road[p, c, MASS], model.masses[0]
    base = k * masses * masses
    used = state.tour[v, LENGTH] > 0
    room = state.tour[v, MOST_METERS] - (state.tour[v, METERS] if used else 0)
    # Cheap bounds first: two crossings for one stop are mostly too long or too dear.
    mass_i = mass_c if road[p, i, MASS] == ANYWHERE else road[p, i, MASS]
    mass_j = mass_c if road[p, j, MASS] == ANYWHERE else road[p, j, MASS]
    out, back = base + mass_i * masses + mass_c, base + mass_c * masses + mass_j
    cost = 0.0 if used else model.rate[v, FIXED]
    leave = early + node[i, SERVICE]
    if i >= stops:
        leave = max(leave, at[i, RELEASE])
    known = 0.0
    if used:
        known = rate_m * at[j, METERS_IN]
        if at[j, CROSSED] != NONE:
            known += model.fare[at[j, CROSSED]]
    if (
        cost + model.least_fare[out] + model.least_fare[back] - known >= best
        or leave + model.least_time[out] > node[c, LAST_END]
        or leave + model.least_time[out] + service_c + model.least_time[back] > at[j, LATE]
    ):
        return NOWHERE
    lead, last = at[i, LEAD] + node[i, SERVICE], at[i, LAST_START]
    a, b = i, c
    begin, road_new = 0, 0
    for leg in range(2):
        if one_land(road[p, a, MASS], road[p, b, MASS]):
            other = b if leg == 1 else a
            q = state.beside[other, 1]
            if state.beside[other, 0] == stamp:
                drive, long = model.near_road[p, c, q, 2 * leg], model.near_road[p, c, q, 2 * leg + 1]
            else:
                cell = road[p, a, ROW] + road[p, b, COLUMN]
                drive, long = arc[cell, DRIVE], arc[cell, LONG]
            if drive < 0:
                return NOWHERE
            arrive = leave + drive
            lead += drive
            road_new += long
        else:
            arrive, x, g = earliest(model, state.deck_free, p, k, need, a, b, leave)
            if x == NONE:
                return NOWHERE
            out = road[p, a, ROW] + model.port_pair[g, FROM_COLUMN]
            into = model.port_pair[g, TO_ROW] + road[p, b, COLUMN]
            last = min(last, crossing[x, CHECK_IN] - lead - arc[out, DRIVE])
            lead = -NEVER
            road_new += arc[out, LONG] + crossing[x, ROAD] + arc[into, LONG]
            cost += model.fare[x]
        begin = begin_from(node, window, b, arrive)
        if leg == 0:
            if begin >= NEVER:
                return NOWHERE
            last = min(last, window_end(node, window, b, begin) - lead)
            leave = begin + service_c
            lead += service_c
            a, b = c, j
    if begin > at[j, LATE] or road_new - at[j, METERS_IN] > room:
        return NOWHERE
    cost += rate_m * road_new - known
    if rate_s > 0.0 and cost < best:
        last = min(last, at[j, LATE] - lead)
        back = max(at[j, END_AT], begin + at[j, END_LEAD])
        before = state.tour[v, DURATION] if used else 0
        cost += rate_s * (max(back - last, lead + at[j, END_LEAD]) - before)
    return cost

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
    CONVEYANCE,
    DECK,
    DURATION,
    FIXED,
    FROM_COLUMN,
    LENGTH,
    METERS,
    MOST_AFTER,
    MOST_BEFORE,
    MOST_DURATION,
    MOST_METERS,
    NEVER,
    NONE,
    PER_METER,
    PER_SECOND,
    PROFILE,
    ROAD,
    STAMP,
    TO_ROW,
    Floats,
    Ints,
    Model,
    Randoms,
    Records,
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
    at: Records,
    node: Records,
    load: Ints,
    road: Records,
    arc: Records,
    near_road: Records,
    beside: Records,
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
    j = at[i].next
    first, end = node[c].first_start, node[c].last_end
    used = tour[v, LENGTH] > 0
    early = at[i].early
    if node[c].ready > at[i].release:
        # The trip would leave later: what was waited before may absorb it.
        early = max(early, node[c].ready + at[i].since)
    if early <= min(end, at[i].late) and at[j].late >= first:
        if beside[i].stamp == stamp:
            drive_in, long_in = near_road[c, beside[i].rank].in_drive, near_road[c, beside[i].rank].in_long
        else:
            cell = road[i].row + road[c].column
            drive_in, long_in = arc[cell].drive, arc[cell].long
        if beside[j].stamp == stamp:
            drive_out, long_out = (
                near_road[c, beside[j].rank].out_drive,
                near_road[c, beside[j].rank].out_long,
            )
        else:
            cell = road[c].row + road[j].column
            drive_out, long_out = arc[cell].drive, arc[cell].long
        longer = long_in + long_out - (at[j].meters_in if used else 0)
        price = rate[v, PER_METER] * longer + (0.0 if used else rate[v, FIXED])
        room = tour[v, MOST_METERS] - (tour[v, METERS] if used else 0)
        arrive = early + node[i].service + drive_in
        if i >= first_depot:
            arrive = max(arrive, at[i].release + drive_in)
        if (
            (price < best or rate[v, PER_SECOND] > 0.0)
            and longer <= room
            and arrive <= end
            and min(drive_in, drive_out) >= 0
        ):
            single = node[c].window_n - node[c].window_0 == 1
            begin = max(arrive, first) if single else begin_from(node, window, c, arrive)
            onward = begin + node[c].service + drive_out
            if onward <= at[j].late and _fits(load, capacity, v, c, i) and uniform(random) >= BLINK:
                cost = price
                if rate[v, PER_SECOND] > 0.0 or tour[v, MOST_DURATION] < NEVER:
                    lead = at[i].lead + node[i].service + drive_in
                    closes = end if single else window_end(node, window, c, begin)
                    last = min(at[i].last_start, closes - lead)
                    lead += node[c].service + drive_out
                    last = min(last, at[j].late - lead)
                    back = max(at[j].end_at, onward + at[j].end_lead)
                    out = max(back - last, lead + at[j].end_lead)
                    cost += rate[v, PER_SECOND] * (out - (tour[v, DURATION] if used else 0))
                    if out > tour[v, MOST_DURATION]:
                        cost = NOWHERE
    return cost


@inlined
def over_water(model: Model, state: State, v: int, c: int, i: int, best: float) -> float:
    """Return what stop ``c`` costs behind node ``i`` of any route, crossings where land differs, or NOWHERE."""
    at, node, window, road = state.at, model.node, model.window, model.road
    arc, crossing, stamp = model.arc, model.crossing, state.counter[STAMP]
    j, stops = at[i].next, model.penalty.shape[0]
    early = at[i].early
    if node[c].ready > at[i].release:
        early = max(early, node[c].ready + at[i].since)
    if (
        early > min(node[c].last_end, at[i].late)
        or at[j].late < node[c].first_start
        or not _fits(state.load, model.capacity, v, c, i)
        or uniform(state.random) < BLINK
    ):
        return NOWHERE
    p, k, need = model.vehicle[v, PROFILE], model.vehicle[v, CONVEYANCE], model.vehicle[v, DECK]
    rate_m, rate_s = model.rate[v, PER_METER], model.rate[v, PER_SECOND]
    service_c, mass_c, masses = node[c].service, road[p, c].mass, model.masses[0]
    base = k * masses * masses
    used = state.tour[v, LENGTH] > 0
    room = state.tour[v, MOST_METERS] - (state.tour[v, METERS] if used else 0)
    # Cheap bounds first: two crossings for one stop are mostly too long or too dear.
    mass_i = mass_c if road[p, i].mass == ANYWHERE else road[p, i].mass
    mass_j = mass_c if road[p, j].mass == ANYWHERE else road[p, j].mass
    out, back = base + mass_i * masses + mass_c, base + mass_c * masses + mass_j
    cost = 0.0 if used else model.rate[v, FIXED]
    leave = early + node[i].service
    if i >= stops:
        leave = max(leave, at[i].release)
    known = 0.0
    if used:
        known = rate_m * at[j].meters_in
        if at[j].crossed != NONE:
            known += model.fare[at[j].crossed]
    if (
        cost + model.least_fare[out] + model.least_fare[back] - known >= best
        or leave + model.least_time[out] > node[c].last_end
        or leave + model.least_time[out] + service_c + model.least_time[back] > at[j].late
    ):
        return NOWHERE
    lead, last = at[i].lead + node[i].service, at[i].last_start
    a, b = i, c
    begin, road_new = 0, 0
    for leg in range(2):
        if one_land(road[p, a].mass, road[p, b].mass):
            other = b if leg == 1 else a
            q = state.beside[other].rank
            if state.beside[other].stamp == stamp:
                between = model.near_road[p, c, q]
                drive, long = between.in_drive, between.in_long
                if leg == 1:
                    drive, long = between.out_drive, between.out_long
            else:
                cell = road[p, a].row + road[p, b].column
                drive, long = arc[cell].drive, arc[cell].long
            if drive < 0:
                return NOWHERE
            arrive = leave + drive
            lead += drive
            road_new += long
        else:
            arrive, x, g = earliest(model, state.deck_free, p, k, need, a, b, leave)
            if x == NONE:
                return NOWHERE
            out = road[p, a].row + model.port_pair[g, FROM_COLUMN]
            into = model.port_pair[g, TO_ROW] + road[p, b].column
            last = min(last, crossing[x, CHECK_IN] - lead - arc[out].drive)
            lead = -NEVER
            road_new += arc[out].long + crossing[x, ROAD] + arc[into].long
            cost += model.fare[x]
        begin = begin_from(node, window, b, arrive)
        if leg == 0:
            if begin >= NEVER:
                return NOWHERE
            last = min(last, window_end(node, window, b, begin) - lead)
            leave = begin + service_c
            lead += service_c
            a, b = c, j
    if begin > at[j].late or road_new - at[j].meters_in > room:
        return NOWHERE
    cost += rate_m * road_new - known
    if rate_s > 0.0 and cost < best:
        last = min(last, at[j].late - lead)
        back = max(at[j].end_at, begin + at[j].end_lead)
        before = state.tour[v, DURATION] if used else 0
        cost += rate_s * (max(back - last, lead + at[j].end_lead) - before)
    return cost

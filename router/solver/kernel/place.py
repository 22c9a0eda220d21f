"""What does it cost to put a stop between two nodes of a route? In constant time, plus the ferry look-ups.

Feasibility in time is exact where decks are as they were: arriving at the next node no later than its ``late``.
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
    NEEDS_LABELS,
    NEVER,
    NONE,
    PER_METER,
    PER_SECOND,
    PROFILE,
    ROAD,
    TO_ROW,
    WATER,
    Model,
    State,
)
from router.solver.kernel.rng import uniform
from router.solver.kernel.route import begin_from, window_end
from router.solver.kernel.water import earliest

NOWHERE = np.inf
"""Costs more than any place."""

BLINK = 0.01
"""Chance to overlook a position (Christiaens and Vanden Berghe 2020, section 5.3)."""


@inlined
def _fits(model: Model, state: State, v: int, c: int, i: int) -> bool:
    """Return whether the loads allow stop ``c`` right after node ``i``."""
    load, capacity, fits = state.load, model.capacity, True
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
def _ready(model: Model, state: State, c: int, i: int) -> int:
    """Return the earliest begin at node ``i`` in a trip that brings stop ``c`` too."""
    early = state.at[i].early
    if model.node[c].ready > state.at[i].release:
        # The trip would leave later: what was waited before may absorb it.
        early = max(early, model.node[c].ready + state.at[i].since)
    return early


@inlined
def _ready_to_leave(model: Model, state: State, i: int, early: int) -> int:
    """Return when node ``i``, begun at ``early``, is left; trips wait for their release."""
    leave = early + model.node[i].service
    return max(leave, state.at[i].release) if i >= model.penalty.shape[0] else leave


@inlined
def by_road(model: Model, state: State, v: int, c: int, k: int, best: float, roomy: bool) -> float:
    """Return what stop ``c`` costs in gap ``k`` of route ``v``, to which roads lead from both sides, or NOWHERE.

    ``roomy``: there is room for it at every place.
    """
    at, node, window, tour = state.at, model.node, model.window, state.tour
    drive_in, drive_out = state.gap[k].drive_in, state.gap[k].drive_out
    used, rate_s = tour[v, LENGTH] > 0, model.rate[v, PER_SECOND]
    i = state.gap[k].before
    j = at[i].next
    longer = state.gap[k].long_in + state.gap[k].long_out - (at[j].meters_in if used else 0)
    cost = model.rate[v, PER_METER] * longer + (0.0 if used else model.rate[v, FIXED])
    later = drive_in + node[c].service + drive_out
    # Nothing is won by a way round that takes longer too.
    if cost >= best and (rate_s == 0.0 or (used and later >= at[j].drive_in)):
        return NOWHERE
    early, end = _ready(model, state, c, i), node[c].last_end
    arrive = _ready_to_leave(model, state, i, early) + drive_in
    if early > at[i].late or arrive > end or longer > tour[v, MOST_METERS] - (tour[v, METERS] if used else 0):
        return NOWHERE
    single = node[c].window_n - node[c].window_0 == 1
    begin = max(arrive, node[c].first_start) if single else begin_from(node, window, c, arrive)
    onward = begin + node[c].service + drive_out
    if node[j].window_n - node[j].window_0 > 1:
        onward = begin_from(node, window, j, onward)
    if onward > at[j].late or not (roomy or _fits(model, state, v, c, i)) or uniform(state.random) < BLINK:
        return NOWHERE
    if rate_s > 0.0 or tour[v, MOST_DURATION] < NEVER:
        lead = at[i].lead + node[i].service + drive_in
        closes = end if single else window_end(node, window, c, begin)
        last = min(at[i].last_start, closes - lead)
        lead += node[c].service + drive_out
        last = min(last, at[j].late - lead)
        back = max(at[j].end_at, onward + at[j].end_lead)
        out = max(back - last, lead + at[j].end_lead)
        cost += rate_s * (out - (tour[v, DURATION] if used else 0))
        if out > tour[v, MOST_DURATION] and tour[v, NEEDS_LABELS] == 0:
            return NOWHERE
    return cost


@inlined
def _too_dear(model: Model, state: State, v: int, c: int, i: int, leave: int, room: float) -> bool:
    """Return whether the cheapest and shortest crossings around stop ``c``, behind node ``i``, are too much.

    ``room`` is what all fares may cost.
    """
    road, masses, node = model.road[model.vehicle[v, PROFILE]], model.masses[0], model.node
    j, here = state.at[i].next, road[c].mass
    before = here if road[i].mass == ANYWHERE else road[i].mass
    behind = here if road[j].mass == ANYWHERE else road[j].mass
    base = model.vehicle[v, CONVEYANCE] * masses * masses
    out, back = base + before * masses + here, base + here * masses + behind
    arrive = leave + model.least_time[out]
    return (
        model.least_fare[out] + model.least_fare[back] >= room
        or arrive > node[c].last_end
        or arrive + node[c].service + model.least_time[back] > state.at[j].late
    )


@inlined
def over_water(model: Model, state: State, v: int, c: int, k: int, best: float, roomy: bool) -> float:
    """Return what stop ``c`` costs in gap ``k`` of route ``v``, with a crossing before it or behind it, or NOWHERE."""
    at, node, window, arc, crossing = state.at, model.node, model.window, model.arc, model.crossing
    used, tour = state.tour[v, LENGTH] > 0, state.tour
    i = state.gap[k].before
    j = at[i].next
    early = _ready(model, state, c, i)
    if early > min(node[c].last_end, at[i].late) or at[j].late < node[c].first_start:
        return NOWHERE
    p, conveyance, need = model.vehicle[v, PROFILE], model.vehicle[v, CONVEYANCE], model.vehicle[v, DECK]
    rate_m, rate_s = model.rate[v, PER_METER], model.rate[v, PER_SECOND]
    known = -model.rate[v, FIXED]
    if used:
        known = rate_m * at[j].meters_in
        if at[j].crossed != NONE:
            known += model.fare[at[j].crossed]
    leave = _ready_to_leave(model, state, i, early)
    if (
        _too_dear(model, state, v, c, i, leave, best + known)
        or not (roomy or _fits(model, state, v, c, i))
        or uniform(state.random) < BLINK
    ):
        return NOWHERE
    lead, last = at[i].lead + node[i].service, at[i].last_start
    a, b, drive, long = i, c, state.gap[k].drive_in, state.gap[k].long_in
    begin, meters, cost = 0, 0, 0.0
    for leg in range(2):
        if drive != WATER:
            arrive = leave + drive
            lead += drive
            meters += long
        else:
            arrive, x, g = earliest(model, state.deck_free, p, conveyance, need, a, b, leave)
            if x == NONE:
                return NOWHERE
            out = model.road[p, a].row + model.port_pair[g, FROM_COLUMN]
            into = model.port_pair[g, TO_ROW] + model.road[p, b].column
            last = min(last, crossing[x, CHECK_IN] - lead - arc[out].drive)
            lead = -NEVER
            meters += arc[out].long + crossing[x, ROAD] + arc[into].long
            cost += model.fare[x]
        begin = begin_from(node, window, b, arrive)
        if leg == 0:
            if begin >= NEVER:
                return NOWHERE
            last = min(last, window_end(node, window, b, begin) - lead)
            leave = begin + node[c].service
            lead += node[c].service
            a, b, drive, long = c, j, state.gap[k].drive_out, state.gap[k].long_out
    if begin > at[j].late or meters - (at[j].meters_in if used else 0) > tour[v, MOST_METERS] - (
        tour[v, METERS] if used else 0
    ):
        return NOWHERE
    cost += rate_m * meters - known
    if rate_s > 0.0 and cost < best:
        last = min(last, at[j].late - lead)
        back = max(at[j].end_at, begin + at[j].end_lead)
        cost += rate_s * (max(back - last, lead + at[j].end_lead) - (tour[v, DURATION] if used else 0))
    return cost

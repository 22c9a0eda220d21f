"""Where does a stop fit best? Judged in constant time a position, plus the ferry look-ups.

Feasibility in time is exact where decks are as they were: arriving at the next node no later than its ``LATE``.
The cost of time is exact on routes without crossings; with them it is that of the crossings taken now.
"""

from router.solver.kernel.compiled import compiled, inlined
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
    LAST_END,
    LAST_START,
    LATE,
    LEAD,
    LENGTH,
    LOCK,
    LOCK_RANK,
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
    PER_METER,
    PER_SECOND,
    POSITION,
    PROFILE,
    READY,
    RELEASE,
    ROAD,
    ROW,
    SERVICE,
    SINCE,
    START,
    TO_ROW,
    TOUCHED,
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
from router.solver.kernel.route import add_to_decks, begin_from, window_end
from router.solver.kernel.water import earliest, one_land

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


@compiled
def locked_span(model: Model, state: State, v: int, c: int) -> tuple[int, int]:
    """Return the positions between which a locked stop may follow a node of route ``v``: from, and up to."""
    low, high = -1, NEVER
    at, lock = state.at, state.at[c, LOCK]
    if lock != NONE:
        i = at[model.vehicle[v, START], NEXT]
        while i != NONE:
            if at[i, LOCK] == lock and i < model.penalty.shape[0]:
                if at[i, LOCK_RANK] < at[c, LOCK_RANK]:
                    low = at[i, POSITION]
                else:
                    high = min(high, at[i, POSITION])
            i = at[i, NEXT]
    return low, high


@compiled
def on_land(
    at: Ints,
    load: Ints,
    road: Ints,
    arc: Ints32,
    capacity: Ints,
    window: Ints,
    tour: Ints,
    rate: Floats,
    random: Randoms,
    start: int,
    first_depot: int,
    v: int,
    c: int,
    bar: float,
    low: int,
    high: int,
) -> tuple[float, int]:
    """Best position in a route that stays on the land mass of ``c``: ``(cost, node before)``.

    The node before must stand at a position from ``low`` to below ``high``.

    Takes arrays one by one: this is the innermost loop, and a whole ``Model`` and ``State`` cost more to pass on.
    """
    rate_m, rate_s = rate[v, PER_METER], rate[v, PER_SECOND]
    row_c, column_c, service_c = road[c, ROW], road[c, COLUMN], at[c, SERVICE]
    first, end = at[c, FIRST_START], at[c, LAST_END]
    single = at[c, WINDOW_N] - at[c, WINDOW_0] == 1
    used = tour[v, LENGTH] > 0
    duration = tour[v, DURATION] if used else 0
    base = 0.0 if used else rate[v, FIXED]
    room = tour[v, MOST_METERS] - (tour[v, METERS] if used else 0)
    timed = rate_s > 0.0 or tour[v, MOST_DURATION] < NEVER
    ready = at[c, READY]
    best, place = bar, NONE
    i = start
    j = at[i, NEXT]
    while j != NONE:
        if at[i, EARLY] > end:
            break
        if at[j, LATE] < first or at[i, POSITION] < low or at[i, POSITION] >= high:
            i = j
            j = at[i, NEXT]
            continue
        cell_in, cell_out = road[i, ROW] + column_c, row_c + road[j, COLUMN]
        known = at[j, METERS_IN] if used else 0
        longer = arc[cell_in, LONG] + arc[cell_out, LONG] - known
        cost = base + rate_m * longer
        if (cost < best or rate_s > 0.0) and longer <= room:
            drive_in, drive_out = arc[cell_in, DRIVE], arc[cell_out, DRIVE]
            early = at[i, EARLY]
            if ready > at[i, RELEASE]:
                # The trip would leave later: what was waited before may absorb it.
                early = max(early, ready + at[i, SINCE])
                if early > at[i, LATE]:
                    i = j
                    j = at[i, NEXT]
                    continue
            arrive = early + at[i, SERVICE] + drive_in
            if i >= first_depot:
                arrive = max(arrive, at[i, RELEASE] + drive_in)
            if arrive <= end and drive_in >= 0 and drive_out >= 0:
                begin = max(arrive, first) if single else begin_from(at, window, c, arrive)
                onward = begin + service_c + drive_out
                if onward <= at[j, LATE] and _fits(load, capacity, v, c, i) and uniform(random) >= BLINK:
                    if timed:
                        lead = at[i, LEAD] + at[i, SERVICE] + drive_in
                        closes = end if single else window_end(at, window, c, begin)
                        last = min(at[i, LAST_START], closes - lead)
                        lead += service_c + drive_out
                        last = min(last, at[j, LATE] - lead)
                        back = max(at[j, END_AT], onward + at[j, END_LEAD])
                        out = max(back - last, lead + at[j, END_LEAD])
                        cost += rate_s * (out - duration)
                        if out > tour[v, MOST_DURATION]:
                            cost = bar
                    if cost < best:
                        best, place = cost, i
        i = j
        j = at[i, NEXT]
    return best, place


@compiled
def over_water(
    model: Model, state: State, v: int, c: int, bar: float, low: int, high: int
) -> tuple[float, int]:
    """Best position in any route, crossings implied where land masses differ: ``(cost, node before)``."""
    at, node, window, road = state.at, state.at, model.window, model.road
    arc, crossing = model.arc, model.crossing
    p, k, need = model.vehicle[v, PROFILE], model.vehicle[v, CONVEYANCE], model.vehicle[v, DECK]
    rate_m, rate_s = model.rate[v, PER_METER], model.rate[v, PER_SECOND]
    service_c, mass_c, masses = node[c, SERVICE], road[p, c, MASS], model.masses[0]
    base = k * masses * masses
    used, stops = state.tour[v, LENGTH] > 0, model.penalty.shape[0]
    room = state.tour[v, MOST_METERS] - (state.tour[v, METERS] if used else 0)
    best, place = bar, NONE
    i = model.vehicle[v, START]
    j = at[i, NEXT]
    while j != NONE:
        if at[i, EARLY] > node[c, LAST_END]:
            break
        if (
            at[j, LATE] < node[c, FIRST_START]
            or at[i, POSITION] < low
            or at[i, POSITION] >= high
            or not _fits(state.load, model.capacity, v, c, i)
            or uniform(state.random) < BLINK
        ):
            i = j
            j = at[i, NEXT]
            continue
        # Cheap bounds first: two crossings for one stop are mostly too long or too dear.
        mass_i = mass_c if road[p, i, MASS] == ANYWHERE else road[p, i, MASS]
        mass_j = mass_c if road[p, j, MASS] == ANYWHERE else road[p, j, MASS]
        out, back = base + mass_i * masses + mass_c, base + mass_c * masses + mass_j
        cost = 0.0 if used else model.rate[v, FIXED]
        early = at[i, EARLY]
        if at[c, READY] > at[i, RELEASE]:
            early = max(early, at[c, READY] + at[i, SINCE])
        leave = early + node[i, SERVICE]
        if i >= stops:
            leave = max(leave, at[i, RELEASE])
        known = 0.0
        if used:
            known = rate_m * at[j, METERS_IN]
            if at[j, CROSSED] != NONE:
                known += model.fare[at[j, CROSSED]]
        if (
            early > at[i, LATE]
            or cost + model.least_fare[out] + model.least_fare[back] - known >= best
            or leave + model.least_time[out] > node[c, LAST_END]
            or leave + model.least_time[out] + service_c + model.least_time[back] > at[j, LATE]
        ):
            i = j
            j = at[i, NEXT]
            continue
        lead, last = at[i, LEAD] + node[i, SERVICE], at[i, LAST_START]
        a, b = i, c
        possible = True
        begin, road_new = 0, 0
        for leg in range(2):
            cell = road[p, a, ROW] + road[p, b, COLUMN]
            if one_land(road[p, a, MASS], road[p, b, MASS]):
                if arc[cell, DRIVE] < 0:
                    possible = False
                    break
                arrive = leave + arc[cell, DRIVE]
                lead += arc[cell, DRIVE]
                road_new += arc[cell, LONG]
            else:
                arrive, x, g = earliest(model, state.deck_free, p, k, need, a, b, leave)
                if x == NONE:
                    possible = False
                    break
                out = road[p, a, ROW] + model.port_pair[g, FROM_COLUMN]
                into = model.port_pair[g, TO_ROW] + road[p, b, COLUMN]
                last = min(last, crossing[x, CHECK_IN] - lead - arc[out, DRIVE])
                lead = -NEVER
                road_new += arc[out, LONG] + crossing[x, ROAD] + arc[into, LONG]
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
        if possible and begin <= at[j, LATE] and road_new - at[j, METERS_IN] <= room:
            cost += rate_m * road_new - known
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


@compiled
def begin_judging(model: Model, state: State, v: int) -> bool:
    """Let the deck slots that route ``v`` takes now count as free; return whether they were taken."""
    own = state.tour[v, TOUCHED] == 0 and state.deck_free.shape[0] > 1 and state.tour[v, LENGTH] > 0
    if own:
        add_to_decks(model, state, v, model.vehicle[v, DECK])
    return own


@compiled
def end_judging(model: Model, state: State, v: int, own: bool) -> None:
    """Take the slots again that ``begin_judging`` gave back."""
    if own:
        add_to_decks(model, state, v, -model.vehicle[v, DECK])

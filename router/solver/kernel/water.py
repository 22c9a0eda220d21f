"""Crossings implied by driving from one land mass to another: earliest arrival and latest departure.

For an ordered pair of ports the crossings are sorted by check-in. They are Pareto-useful on check-in, roll-off,
fare and road, and a full deck closes one, so the first in the list is not always the earliest to arrive: the scan
goes on while a later check-in can still beat the best roll-off found.
"""

from router.solver.kernel.compiled import compiled
from router.solver.kernel.model import (
    ANYWHERE,
    CHECK_IN,
    CONVEYANCE,
    CROSSING_0,
    CROSSING_N,
    DECK,
    FROM_COLUMN,
    NEVER,
    NONE,
    PROFILE,
    ROAD,
    ROLL_OFF,
    SAILING_0,
    SAILING_1,
    SAILING_2,
    TO_ROW,
    Ints,
    Model,
)


@compiled
def one_land(mass: int, other: int) -> bool:
    """Return whether a road leads from one land mass to the other: they are the same, or one is anywhere."""
    return mass == other or min(mass, other) == ANYWHERE


@compiled
def is_open(crossing: Ints, x: int, deck_free: Ints, need: int) -> bool:
    """Return whether every sailing of crossing ``x`` has room for ``need`` more slots."""
    if deck_free[crossing[x, SAILING_0]] < need:
        return False
    second = crossing[x, SAILING_1]
    if second == NONE:
        return True
    if deck_free[second] < need:
        return False
    third = crossing[x, SAILING_2]
    return third == NONE or deck_free[third] >= need


@compiled
def first_from(crossing: Ints, low: int, high: int, instant: int) -> int:
    """Return the first crossing in ``low .. high`` whose check-in closes at ``instant`` or later."""
    while low < high:
        middle = (low + high) >> 1
        if crossing[middle, CHECK_IN] < instant:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def earliest(
    model: Model, deck_free: Ints, profile: int, conveyance: int, need: int, i: int, j: int, leave: int
) -> tuple[int, int, int]:
    """Return ``(arrival at j, crossing, port pair)`` when leaving ``i`` at ``leave``; arrival is NEVER if none."""
    road, crossing, arc = model.road, model.crossing, model.arc
    key = road[profile, i].mass * model.masses[0] + road[profile, j].mass
    row, column = road[profile, i].row, road[profile, j].column
    best, best_x, best_g = NEVER, NONE, NONE
    for g in range(model.pair_0[conveyance, key], model.pair_0[conveyance, key + 1]):
        to_port = arc[row + model.port_pair[g, FROM_COLUMN]].drive
        from_port = arc[model.port_pair[g, TO_ROW] + column].drive
        if to_port < 0 or from_port < 0:
            continue
        high = model.port_pair[g, CROSSING_N]
        for x in range(first_from(crossing, model.port_pair[g, CROSSING_0], high, leave + to_port), high):
            if crossing[x, CHECK_IN] + from_port >= best:
                break
            arrival = crossing[x, ROLL_OFF] + from_port
            if arrival < best and is_open(crossing, x, deck_free, need):
                best, best_x, best_g = arrival, x, g
    return best, best_x, best_g


@compiled
def latest(
    model: Model, deck_free: Ints, profile: int, conveyance: int, need: int, i: int, j: int, by: int
) -> int:
    """Return the latest departure from ``i`` that is at ``j`` by ``by``; ``-NEVER`` if there is none."""
    road, crossing, arc = model.road, model.crossing, model.arc
    key = road[profile, i].mass * model.masses[0] + road[profile, j].mass
    row, column = road[profile, i].row, road[profile, j].column
    best = -NEVER
    for g in range(model.pair_0[conveyance, key], model.pair_0[conveyance, key + 1]):
        to_port = arc[row + model.port_pair[g, FROM_COLUMN]].drive
        from_port = arc[model.port_pair[g, TO_ROW] + column].drive
        if to_port < 0 or from_port < 0:
            continue
        low = model.port_pair[g, CROSSING_0]
        x = first_from(crossing, low, model.port_pair[g, CROSSING_N], by - from_port) - 1
        while x >= low and crossing[x, CHECK_IN] - to_port > best:
            if crossing[x, ROLL_OFF] + from_port <= by and is_open(crossing, x, deck_free, need):
                best = crossing[x, CHECK_IN] - to_port
                break
            x -= 1
    return best


@compiled
def hop(model: Model, deck_free: Ints, v: int, i: int, j: int, leave: int) -> tuple[int, int, float, int]:
    """Return ``(arrival, metres, fare, due)`` of ``v`` from ``i`` to ``j``; arrival is NEVER where there is no way.

    ``due`` is the latest instant to leave ``i`` for that very arrival, over water; NONE by road.
    """
    road, arc = model.road, model.arc
    p = model.vehicle[v, PROFILE]
    if one_land(road[p, i].mass, road[p, j].mass):
        cell = road[p, i].row + road[p, j].column
        if arc[cell].drive < 0:
            return NEVER, 0, 0.0, NONE
        return leave + arc[cell].drive, int(arc[cell].long), 0.0, NONE
    arrival, x, g = earliest(
        model, deck_free, p, model.vehicle[v, CONVEYANCE], model.vehicle[v, DECK], i, j, leave
    )
    if x == NONE:
        return NEVER, 0, 0.0, NONE
    out = road[p, i].row + model.port_pair[g, FROM_COLUMN]
    into = model.port_pair[g, TO_ROW] + road[p, j].column
    meters = int(arc[out].long) + model.crossing[x, ROAD] + int(arc[into].long)
    return arrival, meters, model.fare[x], model.crossing[x, CHECK_IN] - arc[out].drive

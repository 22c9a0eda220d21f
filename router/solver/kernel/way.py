"""Make way: take off a narrow deck whoever stands in the way of a vehicle that would serve more.

A slot on deck that one vehicle holds for a few stops may be what another one needs to reach an island full of them.
Neither move alone is worth it: so the way that it would take there and back is chosen as if all decks were
free, and what the others do beyond the sailings on it that are full is taken out.
"""

from router.solver.kernel.compiled import compiled
from router.solver.kernel.model import (
    ANYWHERE,
    CHECK_IN,
    CONVEYANCE,
    CROSSING_0,
    CROSSING_N,
    DECK,
    END,
    FIRST_CROSSED,
    FROM_COLUMN,
    LENGTH,
    NONE,
    PROFILE,
    RESCUER,
    ROLL_OFF,
    SAILING_0,
    START,
    TO_ROW,
    TYPE,
    Model,
    State,
)
from router.solver.kernel.rng import below
from router.solver.kernel.ruin import island_stay, mended, whole_route
from router.solver.kernel.water import first_from

CHOICE, TRIES = 3, 5
"""The way out is one of so many earliest crossings, the way back one of so many latest; how often they are drawn."""


@compiled
def able_vehicle(model: Model, state: State, c: int, idle: bool) -> int:
    """Return a vehicle that may serve stop ``c``, each with the same chance, or NONE; ``idle`` ones if asked for."""
    chosen, seen = NONE, 0
    for v in range(state.tour.shape[0]):
        out = state.tour[v, LENGTH] > 0 or (idle and not state.closed[v])
        if out and model.allowed[c, model.vehicle[v, TYPE]]:
            seen += 1
            if below(state.random, seen) == 0:
                chosen = v
    return chosen


@compiled
def _pair_between(model: Model, state: State, v: int, origin: int, destination: int) -> int:
    """Return a pair of ports between two land masses for vehicle ``v``, drawn at random, or NONE."""
    if origin == destination or min(origin, destination) == ANYWHERE:
        return NONE
    k, key = model.vehicle[v, CONVEYANCE], origin * model.masses[0] + destination
    low, high = model.pair_0[k, key], model.pair_0[k, key + 1]
    return low + below(state.random, high - low) if low < high else NONE


@compiled
def _way_out(model: Model, state: State, v: int, c: int) -> int:
    """Return one of the earliest crossings for vehicle ``v`` when it goes to stop ``c`` first, or NONE."""
    road, start = model.road[model.vehicle[v, PROFILE]], model.vehicle[v, START]
    g = _pair_between(model, state, v, road[start].mass, road[c].mass)
    if g == NONE:
        return NONE
    drive = model.arc[road[start].row + model.port_pair[g, FROM_COLUMN]].drive
    high = model.port_pair[g, CROSSING_N]
    ready = model.node[start].first_start + drive
    x = first_from(model.crossing, model.port_pair[g, CROSSING_0], high, ready)
    return NONE if drive < 0 or x >= high else x + below(state.random, min(CHOICE, high - x))


@compiled
def _way_back(model: Model, state: State, v: int, c: int) -> int:
    """Return one of the latest crossings that bring vehicle ``v`` home from stop ``c`` in time, or NONE."""
    road, end = model.road[model.vehicle[v, PROFILE]], model.vehicle[v, END]
    g = _pair_between(model, state, v, road[c].mass, road[end].mass)
    if g == NONE:
        return NONE
    drive = model.arc[model.port_pair[g, TO_ROW] + road[end].column].drive
    low, x = model.port_pair[g, CROSSING_0], model.port_pair[g, CROSSING_N] - 1
    while x >= low and model.crossing[x, ROLL_OFF] + drive > model.node[end].last_end:
        x -= 1
    return NONE if drive < 0 or x < low else x - below(state.random, min(CHOICE, x - low + 1))


@compiled
def _in_the_way(model: Model, state: State, x: int, way: int, need: int) -> bool:
    """Return whether crossing ``x`` takes a sailing of ``way`` that has less than ``need`` slots left."""
    for leg in range(SAILING_0, SAILING_0 + 3):
        sailing = model.crossing[x, leg]
        if sailing > 0 and state.deck_free[sailing] < need:
            for other in range(SAILING_0, SAILING_0 + 3):
                if model.crossing[way, other] == sailing:
                    return True
    return False


@compiled
def _clear(model: Model, state: State, v: int, way: int, need: int) -> bool:
    """Take out the stays of route ``v`` whose crossings are in the way; return whether the rest holds."""
    stops = model.penalty.shape[0]
    i = state.tour[v, FIRST_CROSSED] if state.tour[v, LENGTH] > 0 else NONE
    while i != NONE:
        # Beyond the crossing, or before one that leads home.
        stay = i if i < stops else state.at[i].prev
        if stay < stops and _in_the_way(model, state, state.at[i].crossed, way, need):
            island_stay(model, state, stay)
            if not mended(model, state, v):
                return False
            i = state.tour[v, FIRST_CROSSED] if state.tour[v, LENGTH] > 0 else NONE
        else:
            i = state.at[i].next_crossed
    return True


@compiled
def make_way(model: Model, state: State, c: int) -> bool:
    """Give a vehicle, used or not, nothing else to do than to go to stop ``c`` and back, and clear its way.

    Return whether there is a way and the rest holds. ``RESCUER`` says which type of vehicle it is.
    """
    v, out, back = able_vehicle(model, state, c, True), NONE, NONE
    if v == NONE:
        return False
    for _ in range(TRIES):
        out, back = _way_out(model, state, v, c), _way_back(model, state, v, c)
        if min(out, back) == NONE:
            return False
        if model.crossing[out, ROLL_OFF] < model.crossing[back, CHECK_IN]:
            break
    state.counter[RESCUER], need = model.vehicle[v, TYPE], model.vehicle[v, DECK]
    if state.tour[v, LENGTH] > 0 and not whole_route(model, state, v, model.penalty.shape[0]):
        return False
    # From anyone on: else the same vehicle would have to give up its slot again and again.
    vehicles = state.tour.shape[0]
    first = below(state.random, vehicles)
    for k in range(vehicles):
        w = (first + k) % vehicles
        if not (_clear(model, state, w, out, need) and _clear(model, state, w, back, need)):
            return False
    return True

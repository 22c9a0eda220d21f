"""Splits: two vehicles that cross for less share what one serves over the water.

The fare of a van to a far island may be five times that of a motorbike, and no motorbike carries what the van does: it
takes two of them, which leave something else to others.
"""

from router.solver.kernel.compiled import compiled
from router.solver.kernel.model import (
    CONVEYANCE,
    FIRST_CROSSED,
    LENGTH,
    NONE,
    PROFILE,
    RELOAD_0,
    RELOAD_N,
    START,
    Model,
    State,
)
from router.solver.kernel.rng import below
from router.solver.kernel.route import unlink
from router.solver.kernel.ruin import mended, touch, whole_route
from router.solver.kernel.trade import home_of, lighten, list_away, put_behind

TRIES = 16
"""How often a vehicle is drawn that could share what it serves."""


@compiled
def _least_fare(model: Model, v: int, mass: int) -> float:
    """Return what ``v`` pays at least to cross from its home to a land mass."""
    masses = model.masses[0]
    return float(
        model.least_fare[(model.vehicle[v, CONVEYANCE] * masses + home_of(model, v)) * masses + mass]
    )


@compiled
def _cheaper(model: Model, state: State, v: int, other: int, mass: int) -> int:
    """Return a vehicle, drawn at random, that crosses to a land mass for less than ``v``, not ``other``; or NONE."""
    vehicle, fare = model.vehicle, _least_fare(model, v, mass)
    chosen, seen = NONE, 0
    for w in range(state.tour.shape[0]):
        reloads = vehicle[w, RELOAD_N] > vehicle[w, RELOAD_0]
        if w == other or state.closed[w] or reloads or home_of(model, w) < 0:
            continue
        if _least_fare(model, w, mass) < fare:
            seen += 1
            if below(state.random, seen) == 0:
                chosen = w
    return chosen


@compiled
def split_water(model: Model, state: State) -> bool:
    """Let two vehicles that cross for less share what one serves away from home; what they served is taken out.

    Return ``False`` where none such are drawn, or the rest does not hold.
    """
    vehicles, stops = state.tour.shape[0], model.penalty.shape[0]
    for _ in range(TRIES):
        v = below(state.random, vehicles)
        if state.tour[v, LENGTH] == 0 or state.tour[v, FIRST_CROSSED] == NONE or home_of(model, v) < 0:
            continue
        _, size = list_away(model, state, v, 0)
        if size < 2:
            continue
        road = model.road[model.vehicle[v, PROFILE]]
        a = _cheaper(model, state, v, NONE, road[state.span[0]].mass)
        b = NONE if a == NONE else _cheaper(model, state, v, a, road[state.span[size - 1]].mass)
        if b != NONE:
            sound = whole_route(model, state, a, stops) and whole_route(model, state, b, stops)
            return sound and _share(model, state, v, a, b)
    return False


@compiled
def _share(model: Model, state: State, v: int, a: int, b: int) -> bool:
    """Give what ``v`` serves away from home to ``a`` up to some stop, and to ``b`` from there on."""
    touch(model, state, v)
    _, size = list_away(model, state, v, 0)
    cut = 1 + below(state.random, size - 1)
    for k in range(size):
        unlink(state.at, state.span[k])
    put_behind(model, state, a, model.vehicle[a, START], 0, cut)
    put_behind(model, state, b, model.vehicle[b, START], cut, size)
    lighten(model, state, a, NONE)
    lighten(model, state, b, NONE)
    return mended(model, state, v) and mended(model, state, a) and mended(model, state, b)

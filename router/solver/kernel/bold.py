"""Bold rounds: stops taken out wherever they are, whole routes, and two vehicles that trade theirs.

Strings of neighbours leave alone what only a wider change can better: which vehicles go out at all, and what lies on
different islands. The fewer stops there are, the more often it pays to be bold.
"""

from router.solver.kernel.compiled import compiled
from router.solver.kernel.model import (
    ITERATION,
    LENGTH,
    LOGGED_TOURS,
    NONE,
    TYPE,
    Model,
    State,
)
from router.solver.kernel.rng import below, uniform
from router.solver.kernel.ruin import mended, take_out, touch, whole_route
from router.solver.kernel.trade import hand_over, trade_routes

SCATTERED_MOST = 8
"""Most stops taken out at random."""

ROUTES_MOST = 3
"""Most routes taken out at once, unless all are."""

SHUT_SHARE = 0.3
"""Chance of a type of vehicle that none of it goes out, in a round in which some do not."""


@compiled
def bold_ruin(model: Model, state: State) -> bool:
    """Ruin the plan boldly; return whether the rest still holds."""
    draw = uniform(state.random)
    if draw < 0.25:
        return trade_routes(model, state)
    if draw < 0.5:
        return _scattered(model, state)
    return _routes(model, state)


@compiled
def shut_types(model: Model, state: State) -> None:
    """Let some types of vehicles, drawn at random, send out nobody new in this round."""
    for kind in range(model.type_0.shape[0] - 1):
        if uniform(state.random) < SHUT_SHARE:
            state.shut[kind] = state.counter[ITERATION]


@compiled
def _scattered(model: Model, state: State) -> bool:
    stops = model.penalty.shape[0]
    for _ in range(1 + below(state.random, min(stops, SCATTERED_MOST))):
        c = below(state.random, stops)
        v = state.at[c].route
        if v != NONE:
            touch(model, state, v)
            state.span[0] = c
            take_out(model, state, 1)
    sound = True
    for k in range(state.counter[LOGGED_TOURS]):
        sound = mended(model, state, state.log_tour[k, 0]) and sound
    return sound


@compiled
def _routes(model: Model, state: State) -> bool:
    vehicles, most = state.tour.shape[0], model.penalty.shape[0]
    routes = 1 + below(state.random, ROUTES_MOST + 1)
    if routes > ROUTES_MOST:
        routes = vehicles
    first = below(state.random, vehicles)
    for k in range(vehicles):
        v = (first + k) % vehicles if routes == vehicles else below(state.random, vehicles)
        if routes > 0 and state.tour[v, LENGTH] > 0:
            routes -= 1
            if not whole_route(model, state, v, most):
                return False
    return True


@compiled
def relieve(model: Model, state: State, c: int) -> bool:
    """Let an unused vehicle take over a route that passes near stop ``c``, which is left out and may fit there then."""
    vehicles, chosen, seen = state.tour.shape[0], NONE, 0
    for q in range(model.near.shape[1]):
        neighbour = model.near[c, q]
        if neighbour == NONE:
            break
        v = state.at[neighbour].route
        if v != NONE:
            seen += 1
            if below(state.random, seen) == 0:
                chosen = v
    if chosen == NONE:
        return False
    first = below(state.random, vehicles)
    for k in range(vehicles):
        w = (first + k) % vehicles
        kind = model.vehicle[w, TYPE]
        if state.tour[w, LENGTH] == 0 and not state.closed[w] and model.allowed[c, kind]:
            hand_over(model, state, chosen, w)
            return mended(model, state, chosen) and mended(model, state, w)
    return False

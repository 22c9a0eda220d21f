"""Which ruin a round begins with: by chance, and by what the plan leaves out."""

from router.solver.kernel.bold import bold_ruin, relieve, shut_types
from router.solver.kernel.compiled import compiled
from router.solver.kernel.kick import kicked, traded
from router.solver.kernel.model import (
    ABSENT,
    FOCUS,
    ITERATION,
    KICK,
    LENGTH,
    MISSING,
    NONE,
    RESCUE,
    SEED,
    TRADES,
    Model,
    State,
)
from router.solver.kernel.rng import below, uniform
from router.solver.kernel.ruin import ISLAND_MOST, island_tours, strings, whole_route
from router.solver.kernel.way import able_vehicle, make_way

ISLAND_SHARE = 0.10
"""Share of iterations that ruin island tours, where there is water."""

ROUTE_SHARE = 0.01
"""Share of iterations that ruin whole routes."""

BESIDE, BESIDE_MOST = 5.0, 0.5
"""Over water, share of rounds that begin beside a stop left out: so often the share of stops left out, and the most.

Where a tenth of them is left out for want of room on the decks, what they cost is most of what the plan costs.
"""

MISSING_SHARE = 0.25
"""Share of iterations that make room around a required stop that is left out."""

PATIENCE, HOPELESS = 2_000, 0.2
"""After so many attempts in vain it is half of that share, and this part of it at the least."""

SWEPT_FROM, SWEPT_AT_ONCE = 1_000, 16
"""From so many stops on the rounds sweep over the map, at random only among so many stops that lie together.

What one round looked up in memory is then still near at hand in the next, and every stop has its turn as often.
"""

BOLD, BOLD_MOST = 40.0, 0.4
"""Share of bold rounds: so many over the square of the number of stops, but no more than that.

Over the number of stops alone they took three fifths of the time with 230 stops, and gained nothing there.
"""

RELIEVE_SHARE = 0.5
"""Chance, in a round around a stop left out, that another vehicle takes over a route that passes near it."""

BLOCKED_SHARE = 0.15
"""Chance, in a round around a stop left out, that way is made for a vehicle that would serve it."""

SHUT_SHARE = 0.3
"""Share of bold rounds in which some types of vehicles send out nobody new."""


@compiled
def _missing_stop(model: Model, state: State) -> int:
    """Return a required stop that is left out; there is one."""
    absent = state.counter[ABSENT]
    k = below(state.random, absent)
    while not model.required[state.absent[k]]:
        k = (k + 1) % absent
    return state.absent[k]


@compiled
def _beside_left_out(model: Model, state: State) -> int:
    """Return a neighbour, drawn at random, of a stop that is left out; there is one."""
    c = state.absent[below(state.random, state.counter[ABSENT])]
    neighbour = model.near[c, below(state.random, model.near.shape[1])]
    return c if neighbour == NONE else int(neighbour)


@compiled
def ruin(model: Model, state: State) -> bool:
    """Take stops out in one way or another; return whether the rest still holds."""
    stops = model.penalty.shape[0]
    if state.counter[KICK] > 0:
        return kicked(model, state, state.counter[KICK])
    focus = state.counter[FOCUS]
    seed = below(state.random, stops) if focus == 0 else state.focus[below(state.random, focus)]
    if stops > SWEPT_FROM and focus == 0:
        seed = model.sweep[(state.counter[ITERATION] + seed % SWEPT_AT_ONCE) % stops]
    if focus == 0 and model.masses[0] > 1 and stops <= SWEPT_FROM and state.counter[ABSENT] > 0:
        share = min(BESIDE_MOST, BESIDE * state.counter[ABSENT] / stops)
        if uniform(state.random) < share:
            seed = _beside_left_out(model, state)
    if state.counter[MISSING] > 0 and uniform(state.random) < MISSING_SHARE:
        missing = _missing_stop(model, state)
        if uniform(state.random) < max(PATIENCE / (PATIENCE + state.failed[missing]), HOPELESS):
            seed = missing
    state.counter[SEED] = seed
    if state.value[TRADES] > 0.0 and uniform(state.random) < state.value[TRADES]:
        return traded(model, state)
    draw = uniform(state.random)
    v = state.at[seed].route
    if uniform(state.random) < min(BOLD / stops**2, BOLD_MOST):
        if uniform(state.random) < SHUT_SHARE:
            shut_types(model, state)
        return bold_ruin(model, state)
    if v == NONE:
        if draw < BLOCKED_SHARE and state.deck_free.shape[0] > 1:
            state.counter[RESCUE] = 1
            return make_way(model, state, seed)
        if draw < RELIEVE_SHARE:
            return relieve(model, state, seed)
    if v == NONE and draw < 0.55:
        v = able_vehicle(model, state, seed, False)
        if v != NONE:
            return whole_route(model, state, v, ISLAND_MOST)
    if model.masses[0] > 1 and draw < (ISLAND_SHARE if v != NONE else 0.7):
        return island_tours(model, state, seed)
    if v != NONE and draw > 1.0 - ROUTE_SHARE:
        return whole_route(model, state, v, ISLAND_MOST) and strings(model, state, seed, 1)
    return strings(model, state, seed, _used(state))


@compiled
def _used(state: State) -> int:
    used = 0
    for v in range(state.tour.shape[0]):
        if state.tour[v, LENGTH] > 0:
            used += 1
    return used

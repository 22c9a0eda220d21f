"""The loop: ruin, recreate, settle the changed routes exactly, accept as in simulated annealing, or undo."""

import math

import numpy as np

from router.solver.kernel.bold import bold_ruin, shut_types
from router.solver.kernel.compiled import compiled, entry
from router.solver.kernel.labels import settle
from router.solver.kernel.model import (
    ABSENT,
    ACCEPTED,
    BEST_ABSENT,
    BEST_COST,
    BEST_MISSING,
    CHANGING,
    CHANGING_LOADS,
    COST,
    CROSSED,
    DECK,
    IMPROVED,
    ITERATION,
    LENGTH,
    LOGGED_ABSENT,
    LOGGED_COST,
    LOGGED_MISSING,
    LOGGED_NODES,
    LOGGED_TOURS,
    MISSING,
    NEEDS_LABELS,
    NEXT,
    NONE,
    ROUTE,
    SEED,
    START,
    TOUCHED,
    TOUR_CHANGING,
    TYPE,
    WORK,
    Model,
    State,
)
from router.solver.kernel.recreate import ABSENT_MOST, ABSENT_SOME, collect_work, insert_all, sort_work
from router.solver.kernel.rng import below, uniform
from router.solver.kernel.route import add_to_decks, clear_route, offer, plain_cost
from router.solver.kernel.ruin import ISLAND_MOST, island_tours, strings, whole_route
from router.solver.kernel.sweeps import refresh

ISLAND_SHARE = 0.10
"""Share of iterations that ruin island tours, where there is water."""

ROUTE_SHARE = 0.01
"""Share of iterations that ruin whole routes."""

LENIENT_SHARE = 0.1
"""Share of iterations that insert optional stops at any price: several together may be worth a trip that one is not."""

MISSING_SHARE = 0.25
"""Share of iterations that make room around a required stop that is left out."""

BOLD, BOLD_MOST = 40.0, 0.4
"""Share of bold rounds: so many over the square of the number of stops, but no more than that.

Over the number of stops alone they took three fifths of the time with 230 stops, and gained nothing there.
"""

COMPANY_MOST = 0.2
"""The same for stops tried together with another, where they find no place alone: so often at the most."""

SHUT_SHARE = 0.3
"""Share of bold rounds in which some types of vehicles send out nobody new."""

THOROUGH_SHARE, THOROUGH_OF = 0.1, 500
"""Chance that a stop for which no place was found is tried in every route, up to so many stops; of more, less often."""


@entry
def prepare(model: Model, state: State) -> None:
    """Make every vehicle unused and every stop absent; types that cannot even drive home are shut out."""
    for v in range(state.tour.shape[0]):
        clear_route(model, state, v)
        if not refresh(model, state, v):
            for c in range(model.penalty.shape[0]):
                model.allowed[model.vehicle[v, TYPE], c] = False


@compiled
def _open_log(state: State) -> None:
    count = state.counter
    count[LOGGED_NODES] = count[LOGGED_TOURS] = 0
    count[LOGGED_ABSENT], count[LOGGED_MISSING] = count[ABSENT], count[MISSING]
    state.value[LOGGED_COST] = state.value[COST]
    for k in range(count[ABSENT]):
        state.log_absent[k] = state.absent[k]


@compiled
def _settle_touched(model: Model, state: State) -> bool:
    """Cost every touched route exactly and take its deck slots; on failure all slots are given back again."""
    limited = state.deck_free.shape[0] > 1
    value = 0.0
    for k in range(state.counter[LOGGED_TOURS]):
        v = state.log_tour[k, 0]
        needs = state.tour[v, NEEDS_LABELS] == 1 and state.tour[v, LENGTH] > 0
        cost = settle(model, state, v) if needs else plain_cost(model, state, v)
        if not cost < np.inf:
            if limited:
                for q in range(k):
                    add_to_decks(
                        model, state, state.log_tour[q, 0], model.vehicle[state.log_tour[q, 0], DECK]
                    )
            return False
        value += cost - state.cost[v]
        state.cost[v] = cost
        if limited:
            add_to_decks(model, state, v, -model.vehicle[v, DECK])
    missing = 0
    for k in range(state.counter[LOGGED_ABSENT]):
        value -= model.penalty[state.log_absent[k]]
    for k in range(state.counter[ABSENT]):
        c = state.absent[k]
        value += model.penalty[c]
        if model.required[c]:
            missing += 1
    state.value[COST] += value
    state.counter[MISSING] = missing
    return True


@compiled
def _undo(model: Model, state: State, settled: bool) -> None:
    count, at = state.counter, state.at
    limited = state.deck_free.shape[0] > 1
    for k in range(count[LOGGED_TOURS]):
        v = state.log_tour[k, 0]
        if settled and limited:
            add_to_decks(model, state, v, model.vehicle[v, DECK])
        i = at[model.vehicle[v, START], NEXT]
        while i != NONE:
            at[i, ROUTE] = NONE
            i = at[i, NEXT]
    for row in range(count[LOGGED_NODES]):
        i = state.log_node[row]
        for column in range(CHANGING):
            at[i, column] = state.log_at[row, column]
        for d in range(state.load.shape[2]):
            for kind in range(CHANGING_LOADS):
                state.load[i, kind, d] = state.log_load[row, kind, d]
    for k in range(count[LOGGED_TOURS]):
        v = state.log_tour[k, 0]
        for column in range(TOUR_CHANGING):
            state.tour[v, column] = state.log_tour[k, 1 + column]
        state.tour[v, TOUCHED] = 0
        state.cost[v] = state.log_cost[k]
        offer(model, state, v)
        if limited:
            add_to_decks(model, state, v, -model.vehicle[v, DECK])
    for k in range(count[LOGGED_ABSENT]):
        state.absent[k] = state.log_absent[k]
    count[ABSENT], count[MISSING] = count[LOGGED_ABSENT], count[LOGGED_MISSING]
    state.value[COST] = state.value[LOGGED_COST]


@compiled
def _keep(state: State) -> None:
    for k in range(state.counter[LOGGED_TOURS]):
        v = state.log_tour[k, 0]
        state.tour[v, TOUCHED] = 0
        state.stale[v] = True
    state.counter[ACCEPTED] += 1


@compiled
def write_best(model: Model, state: State) -> None:
    """Copy the routes that changed since last time into the best plan."""
    total = 0.0
    for v in range(state.tour.shape[0]):
        total += state.cost[v]
        if state.stale[v]:
            state.stale[v] = False
            state.best_route_cost[v] = state.cost[v]
            i = model.vehicle[v, START]
            while i != NONE:
                state.best_next[i], state.best_crossed[i] = state.at[i, NEXT], state.at[i, CROSSED]
                i = state.at[i, NEXT]
    for k in range(state.counter[ABSENT]):
        total += model.penalty[state.absent[k]]
    # Summed anew, so that rounding never adds up.
    state.value[COST] = state.value[BEST_COST] = total
    state.counter[BEST_MISSING], state.counter[BEST_ABSENT] = state.counter[MISSING], state.counter[ABSENT]
    state.counter[IMPROVED] += 1


@compiled
def improves(state: State) -> bool:
    """Return whether the current plan is better than the best: fewer required stops missing, then cheaper."""
    if state.counter[MISSING] != state.counter[BEST_MISSING]:
        return state.counter[MISSING] < state.counter[BEST_MISSING]
    return state.value[COST] < state.value[BEST_COST] - 1e-7


@entry
def construct(model: Model, state: State) -> None:
    """Insert every absent stop greedily; routes whose decks ran over are left for the search to rebuild."""
    _open_log(state)
    size = state.counter[ABSENT]
    for k in range(size):
        state.work[k] = state.absent[k]
    state.counter[WORK] = size
    sort_work(model, state)
    insert_all(model, state, True, 1.0, 0.0)
    _drop_overbooked(model, state)
    _settle_touched(model, state)
    _keep(state)
    if improves(state):
        write_best(model, state)


@compiled
def _drop_overbooked(model: Model, state: State) -> None:
    """Empty the routes that find their decks full when all touched routes board one after the other."""
    for k in range(state.counter[LOGGED_TOURS]):
        v = state.log_tour[k, 0]
        if state.tour[v, NEEDS_LABELS] == 1 and not settle(model, state, v) < np.inf:
            whole_route(model, state, v, model.penalty.shape[0])
        add_to_decks(model, state, v, -model.vehicle[v, DECK])
    for k in range(state.counter[LOGGED_TOURS]):
        v = state.log_tour[k, 0]
        add_to_decks(model, state, v, model.vehicle[v, DECK])


@compiled
def _missing_stop(model: Model, state: State) -> int:
    """Return a required stop that is left out; there is one."""
    absent = state.counter[ABSENT]
    k = below(state.random, absent)
    while not model.required[state.absent[k]]:
        k = (k + 1) % absent
    return state.absent[k]


@compiled
def _able_vehicle(model: Model, state: State, c: int) -> int:
    """Return a used vehicle that may serve stop ``c``, chosen at random, or NONE."""
    vehicles = state.tour.shape[0]
    first = below(state.random, vehicles)
    for k in range(vehicles):
        v = (first + k) % vehicles
        if state.tour[v, LENGTH] > 0 and model.allowed[model.vehicle[v, TYPE], c]:
            return v
    return NONE


@compiled
def _ruin(model: Model, state: State) -> bool:
    stops = model.penalty.shape[0]
    seed = below(state.random, stops)
    if state.counter[MISSING] > 0 and uniform(state.random) < MISSING_SHARE:
        seed = _missing_stop(model, state)
    state.counter[SEED] = seed
    draw = uniform(state.random)
    v = state.at[seed, ROUTE]
    if uniform(state.random) < min(BOLD / stops**2, BOLD_MOST):
        if uniform(state.random) < SHUT_SHARE:
            shut_types(model, state)
        return bold_ruin(model, state)
    if v == NONE and draw < 0.4:
        v = _able_vehicle(model, state, seed)
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


@compiled
def iterate(model: Model, state: State, temperature: float) -> None:
    """One round of ruin and recreate."""
    _open_log(state)
    before = state.counter[ABSENT]
    state.counter[ITERATION] += 1
    if not _ruin(model, state):
        _undo(model, state, False)
        return
    lenient = uniform(state.random) < LENIENT_SHARE
    collect_work(model, state, before, ABSENT_MOST if lenient else ABSENT_SOME)
    sort_work(model, state)
    stops = model.penalty.shape[0]
    thorough = THOROUGH_SHARE * min(THOROUGH_OF / stops, 1.0)
    insert_all(model, state, lenient, thorough, min(BOLD / stops**2, COMPANY_MOST))
    if not _settle_touched(model, state):
        _undo(model, state, False)
        return
    change = state.value[COST] - state.value[LOGGED_COST]
    change += model.big[0] * (state.counter[MISSING] - state.counter[LOGGED_MISSING])
    if change < -temperature * math.log(uniform(state.random) + 1e-300):
        _keep(state)
        if improves(state):
            write_best(model, state)
    else:
        _undo(model, state, True)


@entry
def run(model: Model, state: State, iterations: int, hot: float, cold: float) -> None:
    """Do ``iterations`` rounds while the temperature falls geometrically from ``hot`` to ``cold``."""
    factor = (cold / hot) ** (1.0 / max(iterations, 1))
    temperature = hot
    for _ in range(iterations):
        iterate(model, state, temperature)
        temperature *= factor

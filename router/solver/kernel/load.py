"""Put a whole plan into the state, as the assembly found it."""

from router.solver.kernel.compiled import compiled, entry
from router.solver.kernel.log import improves, write_best
from router.solver.kernel.model import (
    ABSENT,
    COST,
    DECK,
    END,
    FIRST_CROSSED,
    MISSING,
    NONE,
    Floats,
    Ints,
    Model,
    State,
)
from router.solver.kernel.route import add_to_decks, clear_route, link
from router.solver.kernel.sweeps import refresh


@compiled
def clear(model: Model, state: State) -> None:
    """Make every vehicle unused and every stop absent, and give all deck slots back."""
    for v in range(state.tour.shape[0]):
        add_to_decks(model, state, v, model.vehicle[v, DECK])
        clear_route(model, state, v)
        refresh(model, state, v)
        state.cost[v] = 0.0
        state.stale[v] = True
    for c in range(model.penalty.shape[0]):
        state.at[c].route = NONE


@entry
def load(
    model: Model, state: State, vehicles: Ints, first: Ints, stops: Ints, crossings: Ints, costs: Floats
) -> bool:
    """Replace the plan by the given routes; return ``False`` where one of them does not hold.

    Route ``k`` visits ``stops[first[k] : first[k + 1]]``; its crossings, one more than its stops, begin at
    ``first[k] + k``.
    """
    clear(model, state)
    total = 0.0
    for k in range(vehicles.shape[0]):
        v = vehicles[k]
        end = model.vehicle[v, END]
        for q in range(first[k], first[k + 1]):
            link(state.at, v, state.at[end].prev, stops[q], end)
        # With all decks free this looks only at the order; who sails when is given.
        if not refresh(model, state, v):
            for q in range(k):
                state.tour[vehicles[q], FIRST_CROSSED] = NONE
            return False
        add_to_decks(model, state, v, model.vehicle[v, DECK])
        state.cost[v] = costs[k]
        total += costs[k]
    for k in range(vehicles.shape[0]):
        v = vehicles[k]
        for q in range(first[k], first[k + 1]):
            state.at[stops[q]].crossed = crossings[q + k]
        state.at[model.vehicle[v, END]].crossed = crossings[first[k + 1] + k]
        add_to_decks(model, state, v, -model.vehicle[v, DECK])
    state.counter[ABSENT] = state.counter[MISSING] = 0
    for c in range(model.penalty.shape[0]):
        if state.at[c].route == NONE:
            state.absent[state.counter[ABSENT]] = c
            state.counter[ABSENT] += 1
            total += model.penalty[c]
            if model.required[c]:
                state.counter[MISSING] += 1
    state.value[COST] = total
    if improves(state):
        write_best(model, state)
    return True

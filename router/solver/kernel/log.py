"""What a round changed: saved when it is first touched, put back or kept when the round is judged."""

from router.solver.kernel.compiled import compiled
from router.solver.kernel.model import (
    ABSENT,
    ACCEPTED,
    BEST_ABSENT,
    BEST_COST,
    BEST_MISSING,
    CHANGING_LOADS,
    COST,
    DECK,
    IMPROVED,
    LOGGED_ABSENT,
    LOGGED_COST,
    LOGGED_MISSING,
    LOGGED_NODES,
    LOGGED_TOURS,
    MISSING,
    NONE,
    RESCUE,
    RESCUER,
    START,
    TOUCHED,
    TOUR_CHANGING,
    Model,
    State,
)
from router.solver.kernel.route import add_to_decks, offer


@compiled
def open_log(state: State) -> None:
    """Begin a round: nothing is saved yet, nobody is rescued."""
    state.counter[RESCUE], state.counter[RESCUER] = 0, NONE
    count = state.counter
    count[LOGGED_NODES] = count[LOGGED_TOURS] = 0
    count[LOGGED_ABSENT], count[LOGGED_MISSING] = count[ABSENT], count[MISSING]
    state.value[LOGGED_COST] = state.value[COST]
    for k in range(count[ABSENT]):
        state.log_absent[k] = state.absent[k]


@compiled
def undo(model: Model, state: State) -> None:
    """Put all back as it was before the round."""
    count, at = state.counter, state.at
    limited = state.deck_free.shape[0] > 1
    for k in range(count[LOGGED_TOURS]):
        v = state.log_tour[k, 0]
        if limited:
            add_to_decks(model, state, v, model.vehicle[v, DECK])
        i = at[model.vehicle[v, START]].next
        while i != NONE:
            at[i].route = NONE
            i = at[i].next
    for row in range(count[LOGGED_NODES]):
        i = state.log_node[row]
        at[i] = state.log_at[row]
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
def keep(state: State) -> None:
    """Let the plan stand as it is now."""
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
                state.best_next[i], state.best_crossed[i] = state.at[i].next, state.at[i].crossed
                i = state.at[i].next
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

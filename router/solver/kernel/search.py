"""The loop: ruin, recreate, settle the changed routes exactly, accept as in simulated annealing, or undo."""

import math

import numpy as np

from router.solver.kernel.choose import BOLD, ruin
from router.solver.kernel.compiled import compiled, entry
from router.solver.kernel.giving_up import exact_cost, open_account
from router.solver.kernel.log import improves, keep, open_log, undo, write_best
from router.solver.kernel.model import (
    ABSENT,
    COST,
    ITERATION,
    KICK,
    LOGGED_ABSENT,
    LOGGED_COST,
    LOGGED_MISSING,
    LOGGED_TOURS,
    MISSING,
    NEEDS_LABELS,
    RESCUE,
    TYPE,
    WORK,
    Model,
    State,
)
from router.solver.kernel.put_back import insert_all
from router.solver.kernel.recreate import ABSENT_MOST, ABSENT_SOME, collect_work, sort_work
from router.solver.kernel.rng import uniform
from router.solver.kernel.route import clear_route
from router.solver.kernel.ruin import whole_route
from router.solver.kernel.sweeps import refresh
from router.solver.kernel.trial import resettle

LENIENT_SHARE = 0.1
"""Share of iterations that insert optional stops at any price: several together may be worth a trip that one is not."""

COMPANY_MOST = 0.2
"""The same for stops tried together with another, where they find no place alone: so often at the most."""

THOROUGH_SHARE, THOROUGH_OF = 0.1, 500
"""Chance that a stop for which no place was found is tried in every route, up to so many stops; of more, less often."""


@entry
def prepare(model: Model, state: State) -> None:
    """Make every vehicle unused and every stop absent; types that cannot even drive home are shut out."""
    for v in range(state.tour.shape[0]):
        clear_route(model, state, v)
        if not refresh(model, state, v):
            for c in range(model.penalty.shape[0]):
                model.allowed[c, model.vehicle[v, TYPE]] = False


@compiled
def _settle_touched(model: Model, state: State) -> bool:
    """Cost every touched route exactly; return ``False`` where one cannot be driven."""
    value = 0.0
    for k in range(state.counter[LOGGED_TOURS]):
        v = state.log_tour[k, 0]
        cost = exact_cost(model, state, v)
        if not cost < np.inf:
            return False
        value += cost - state.cost[v]
        state.cost[v] = cost
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
def construct(model: Model, state: State) -> None:
    """Insert every absent stop greedily; routes that turn out impossible are left for the search to rebuild."""
    open_log(state)
    open_account(model, state, np.inf)
    size = state.counter[ABSENT]
    for k in range(size):
        state.work[k] = state.absent[k]
    state.counter[WORK] = size
    sort_work(model, state)
    insert_all(model, state, True, 1.0, 0.0)
    _drop_undrivable(model, state)
    _settle_touched(model, state)
    keep(state)
    if improves(state):
        write_best(model, state)


@compiled
def _drop_undrivable(model: Model, state: State) -> None:
    """Empty the touched routes that their exact costing finds impossible."""
    for k in range(state.counter[LOGGED_TOURS]):
        v = state.log_tour[k, 0]
        if state.tour[v, NEEDS_LABELS] == 1 and not resettle(model, state, v) < np.inf:
            whole_route(model, state, v, model.penalty.shape[0])


@compiled
def redo(model: Model, state: State, bar: float) -> bool:
    """Ruin and recreate; return ``False`` where what came of it does not hold, and all is as it was.

    A round that is seen to make the plan dearer by more than ``bar`` is given up, too.
    """
    open_log(state)
    before = state.counter[ABSENT]
    state.counter[ITERATION] += 1
    if not ruin(model, state):
        undo(model, state)
        return False
    open_account(model, state, bar)
    lenient = uniform(state.random) < LENIENT_SHARE
    many = lenient or max(state.counter[RESCUE], state.counter[KICK]) > 0
    collect_work(model, state, before, ABSENT_MOST if many else ABSENT_SOME)
    sort_work(model, state)
    stops = model.penalty.shape[0]
    thorough = THOROUGH_SHARE * min(THOROUGH_OF / stops, 1.0)
    whole = insert_all(model, state, lenient, thorough, min(BOLD / stops**2, COMPANY_MOST))
    if not (whole and _settle_touched(model, state)):
        undo(model, state)
        return False
    return True


@compiled
def tolerance(state: State, temperature: float) -> float:
    """Return how much dearer, as drawn at random, a plan may be to be accepted at this temperature."""
    return -temperature * math.log(uniform(state.random) + 1e-300)


@compiled
def iterate(model: Model, state: State, temperature: float) -> None:
    """One round of ruin and recreate."""
    bar = tolerance(state, temperature)
    if not redo(model, state, bar):
        return
    change = state.value[COST] - state.value[LOGGED_COST]
    change += model.big[0] * (state.counter[MISSING] - state.counter[LOGGED_MISSING])
    if change < bar:
        keep(state)
        state.counter[KICK] = 0
        if improves(state):
            write_best(model, state)
    else:
        undo(model, state)


@compiled
def run(model: Model, state: State, rounds: int, temperature: float) -> None:
    """Do so many rounds at one temperature."""
    for _ in range(rounds):
        iterate(model, state, temperature)

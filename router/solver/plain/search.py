"""The loop of the plain search: ruin, recreate, accept as in simulated annealing, or undo."""

import math

from router.solver.kernel.compiled import compiled, entry
from router.solver.kernel.model import NONE, Ints, Ints32
from router.solver.kernel.rng import below, uniform
from router.solver.plain.model import (
    ABSENT,
    BEST_ABSENT,
    BEST_COST,
    BEST_MISSING,
    COST,
    DONE,
    ITERATION,
    LENGTH,
    LOGGED_ABSENT,
    LOGGED_MISSING,
    LOGGED_NODES,
    LOGGED_TOURS,
    METERS,
    MISSING,
    SEED,
    USED,
    WORK,
    Day,
    Tours,
)
from router.solver.plain.polish import polish
from router.solver.plain.recreate import fits, in_time, insert_all, sort_work
from router.solver.plain.routes import cell, clear_route, copy_row, offer, put
from router.solver.plain.ruin import strings

LENIENT_SHARE = 0.1
"""Share of iterations that insert optional stops at any price."""

THRIFTY_SHARE = 0.5
"""Share of iterations that use another vehicle only where there is no place in those at work."""

MISSING_SHARE = 0.25
"""Share of iterations that make room around a required stop that is left out."""

POLISH_REACH = 20
"""How many likely neighbours of a stop are looked at when it is polished around."""

ABSENT_SOME = 3
"""Most stops left out before this iteration that are tried again in it."""


@entry
def clear(day: Day, tours: Tours) -> None:
    """Make every vehicle unused and every stop absent; types that cannot even drive home are shut out."""
    for v in range(tours.tour.shape[0]):
        if not clear_route(day, tours, v):
            for c in range(day.penalty.shape[0]):
                day.allowed[day.vehicle[v].kind, c] = False
        offer(day, tours, v)
    counter = tours.counter
    counter[USED] = counter[MISSING] = 0
    tours.value[COST] = 0.0
    counter[ABSENT] = day.penalty.shape[0]
    for c in range(day.penalty.shape[0]):
        tours.at[c].route = NONE
        tours.absent[c] = c
        tours.value[COST] += day.penalty[c]
        if day.required[c]:
            counter[MISSING] += 1


@compiled
def tour_cost(day: Day, tours: Tours, v: int) -> float:
    """Return the exact cost of route ``v``."""
    cost = 0.0
    if tours.tour[v, LENGTH] > 0:
        cost = day.vehicle[v].fixed + day.vehicle[v].per_meter * tours.tour[v, METERS]
    return cost


@compiled
def _open_log(tours: Tours) -> None:
    counter = tours.counter
    counter[ITERATION] += 1
    counter[LOGGED_NODES] = counter[LOGGED_TOURS] = 0
    counter[LOGGED_ABSENT], counter[LOGGED_MISSING] = counter[ABSENT], counter[MISSING]
    for k in range(counter[ABSENT]):
        tours.log_absent[k] = tours.absent[k]


@compiled
def _change(day: Day, tours: Tours) -> float:
    """Return what the plan costs more than before this iteration, and count the missing stops."""
    counter, value = tours.counter, 0.0
    for k in range(counter[LOGGED_TOURS]):
        v = tours.log_tour[k]
        value += tour_cost(day, tours, v)
        if tours.log_row[k, LENGTH] > 0:
            value -= day.vehicle[v].fixed + day.vehicle[v].per_meter * tours.log_row[k, METERS]
    missing = 0
    for k in range(counter[LOGGED_ABSENT]):
        value -= day.penalty[tours.log_absent[k]]
    for k in range(counter[ABSENT]):
        c = tours.absent[k]
        value += day.penalty[c]
        if day.required[c]:
            missing += 1
    counter[MISSING] = missing
    return value


@compiled
def _undo(day: Day, tours: Tours) -> None:
    counter, at = tours.counter, tours.at
    for row in range(counter[LOGGED_NODES]):
        i = tours.log_node[row]
        copy_row(tours.log_at, row, at, i)
    for row in range(counter[LOGGED_TOURS]):
        v = tours.log_tour[row]
        before = tours.tour[v, LENGTH] > 0
        for column in range(tours.tour.shape[1]):
            tours.tour[v, column] = tours.log_row[row, column]
        after = tours.tour[v, LENGTH] > 0
        if before and not after:
            counter[USED] -= 1
            offer(day, tours, v)
        elif after and not before:
            counter[USED] += 1
    for k in range(counter[LOGGED_ABSENT]):
        tours.absent[k] = tours.log_absent[k]
    counter[ABSENT], counter[MISSING] = counter[LOGGED_ABSENT], counter[LOGGED_MISSING]


@compiled
def _improves(tours: Tours) -> bool:
    counter = tours.counter
    if counter[MISSING] != counter[BEST_MISSING]:
        return counter[MISSING] < counter[BEST_MISSING]
    return tours.value[COST] < tours.value[BEST_COST] - 1e-7


@compiled
def _write_best(day: Day, tours: Tours) -> None:
    for i in range(tours.at.shape[0]):
        tours.best_next[i] = tours.at[i].next
    for v in range(tours.tour.shape[0]):
        tours.best_meters[v] = tours.tour[v, METERS]
    tours.value[BEST_COST] = tours.value[COST]
    tours.counter[BEST_MISSING], tours.counter[BEST_ABSENT] = tours.counter[MISSING], tours.counter[ABSENT]


@compiled
def _seed(day: Day, tours: Tours) -> int:
    counter = tours.counter
    if counter[MISSING] > 0 and uniform(tours.random) < MISSING_SHARE:
        k = below(tours.random, counter[ABSENT])
        while not day.required[tours.absent[k]]:
            k = (k + 1) % counter[ABSENT]
        return tours.absent[k]
    return below(tours.random, day.penalty.shape[0])


@compiled
def _collect_work(day: Day, tours: Tours, before: int) -> None:
    """List the stops to insert: those taken out just now, and a few of the ``before`` left out earlier."""
    counter, size = tours.counter, 0
    if before > 0:
        first = below(tours.random, before)
        for k in range(min(before, ABSENT_SOME)):
            tours.work[size] = tours.absent[(first + k) % before]
            size += 1
        seed = counter[SEED]
        if tours.at[seed].route == NONE and tours.at[seed].saved != counter[ITERATION]:
            tours.work[size - 1] = seed
    for k in range(before, counter[ABSENT]):
        tours.work[size] = tours.absent[k]
        size += 1
    counter[WORK] = size


@compiled
def iterate(day: Day, tours: Tours, temperature: float, slack: float) -> None:
    """One round of ruin and recreate."""
    _open_log(tours)
    counter = tours.counter
    before = counter[ABSENT]
    counter[SEED] = _seed(day, tours)
    if not strings(day, tours, counter[SEED]):
        _undo(day, tours)
        return
    _collect_work(day, tours, before)
    sort_work(day, tours)
    insert_all(day, tours, uniform(tours.random) < LENIENT_SHARE, uniform(tours.random) < THRIFTY_SHARE)
    limit = -temperature * math.log(uniform(tours.random) + 1e-300)
    big = day.big[0]
    value = _change(day, tours)
    change = value + big * (counter[MISSING] - counter[LOGGED_MISSING])
    if slack > 0.0 and change < limit + slack:
        polish(day, tours, POLISH_REACH)
        value = _change(day, tours)
        change = value + big * (counter[MISSING] - counter[LOGGED_MISSING])
    if change < limit:
        tours.value[COST] += value
        if _improves(tours):
            _write_best(day, tours)
    else:
        _undo(day, tours)


@entry
def run(day: Day, tours: Tours, iterations: int, temperature: float, slack: float) -> None:
    """Do ``iterations`` rounds; what is worse by up to ``slack`` than would be accepted is polished first."""
    for _ in range(iterations):
        iterate(day, tours, temperature, slack)
    tours.counter[DONE] += iterations


@entry
def construct(day: Day, tours: Tours) -> None:
    """Insert every absent stop greedily."""
    _open_log(tours)
    counter = tours.counter
    for k in range(counter[ABSENT]):
        tours.work[k] = tours.absent[k]
    counter[WORK] = counter[ABSENT]
    sort_work(day, tours)
    insert_all(day, tours, True, True)
    tours.value[COST] += _change(day, tours)
    if _improves(tours):
        _write_best(day, tours)


@entry
def load(day: Day, tours: Tours, vehicles: Ints, first: Ints, stops: Ints32) -> bool:
    """Add the given routes to a cleared state: route ``k`` visits ``stops[first[k] : first[k + 1]]``.

    A stop that does not fit stays absent, and ``False`` is returned.
    """
    _open_log(tours)
    counter, at, whole = tours.counter, tours.at, True
    for k in range(vehicles.shape[0]):
        v = vehicles[k]
        i = day.vehicle[v].start
        for q in range(first[k], first[k + 1]):
            c, j = stops[q], at[i].next
            drive_in, drive_out = (
                day.arc[cell(day, tours, v, i, c)].drive,
                day.arc[cell(day, tours, v, c, j)].drive,
            )
            if (
                at[c].route == NONE
                and fits(day, tours, v, c)
                and in_time(day, tours, c, i, j, drive_in, drive_out)
            ):
                put(day, tours, v, i, c)
                i = c
            else:
                whole = False
    kept = 0
    counter[MISSING] = 0
    value = 0.0
    for k in range(counter[ABSENT]):
        c = tours.absent[k]
        if at[c].route == NONE:
            tours.absent[kept] = c
            kept += 1
            value += day.penalty[c]
            if day.required[c]:
                counter[MISSING] += 1
    counter[ABSENT] = kept
    for v in range(tours.tour.shape[0]):
        value += tour_cost(day, tours, v)
        whole = whole and tours.tour[v, METERS] <= day.most_meters[v]
    tours.value[COST] = value
    if whole and _improves(tours):
        _write_best(day, tours)
    return whole

"""Ruin: strings taken out of neighbouring routes.

Christiaens and Vanden Berghe, Slack Induction by String Removals, Transportation Science 54(2), 2020, section 5.1.
"""

from router.solver.kernel.compiled import compiled
from router.solver.kernel.model import NONE
from router.solver.kernel.rng import below, uniform
from router.solver.plain.model import (
    ABSENT,
    ITERATION,
    LENGTH,
    METERS,
    USED,
    Day,
    Tours,
)
from router.solver.plain.routes import close_gap, leave_out, offer, save_tour

STRING_MOST = 10
"""Longest string removed (L max)."""

REMOVED_ON_AVERAGE = 10
"""Stops removed on average (c bar)."""

SPLIT = 0.5
"""Chance that a string keeps some stops in its middle (alpha)."""

SPLIT_MORE = 0.01
"""Chance to keep one more of them (1 - beta in the paper's wording)."""


@compiled
def _cut(day: Day, tours: Tours, v: int, i: int, size: int) -> int:
    """Take ``size`` stops behind node ``i`` out of route ``v``; return the node before the gap, or NONE."""
    at, tour = tours.at, tours.tour
    j = at[i].next
    for _ in range(size):
        tour[v, METERS] -= at[j].meters_in
        following = at[j].next
        leave_out(day, tours, v, j)
        j = following
    tour[v, METERS] -= at[j].meters_in
    if not close_gap(day, tours, v, i, j):
        return NONE
    tour[v, METERS] += at[j].meters_in
    return i


@compiled
def _string(day: Day, tours: Tours, c: int, longest: int) -> bool:
    """Take a string or split string that holds stop ``c`` out of its route."""
    at, random, tour = tours.at, tours.random, tours.tour
    v = at[c].route
    start = day.vehicle[v].start
    save_tour(tours, v)
    tours.ruined[v] = tours.counter[ITERATION]
    size = tour[v, LENGTH]
    length = 1 + below(random, min(size, longest))
    kept = 0
    if length > 1 and length < size and uniform(random) < SPLIT:
        kept = 1
        while length + kept < size and uniform(random) < SPLIT_MORE:
            kept += 1
    span = length + kept
    # Walk back to a random place in front of c, or as far as the route allows; then not beyond its end.
    i = at[c].prev
    for _ in range(below(random, span)):
        if i == start:
            break
        i = at[i].prev
    last = i
    for _ in range(span):
        last = at[last].next
        if at[last].next == NONE:
            i = at[i].prev
            last = at[last].prev
    if kept == 0:
        fits = _cut(day, tours, v, i, length) != NONE
    else:
        head = 1 + below(random, length - 1)
        i = _cut(day, tours, v, i, head)
        if i == NONE:
            return False
        for _ in range(kept):
            i = at[i].next
        fits = _cut(day, tours, v, i, length - head) != NONE
    if fits and tour[v, LENGTH] == 0:
        tour[v, METERS] = 0
        offer(day, tours, v)
    return fits


@compiled
def strings(day: Day, tours: Tours, seed: int) -> bool:
    """Take strings out of the routes nearest to stop ``seed``; return whether the rest still holds."""
    served = day.penalty.shape[0] - tours.counter[ABSENT]
    longest = max(1, min(STRING_MOST, served // max(tours.counter[USED], 1)))
    most = 4.0 * REMOVED_ON_AVERAGE / (1.0 + longest) - 1.0
    strings_left = int(uniform(tours.random) * most + 1.0)
    for q in range(-1, day.near.shape[1]):
        c = seed
        if q >= 0:
            c = day.near[seed, q]
        if c == NONE or strings_left == 0:
            break
        v = tours.at[c].route
        if v == NONE or tours.ruined[v] == tours.counter[ITERATION]:
            continue
        if not _string(day, tours, c, longest):
            return False
        strings_left -= 1
    return True

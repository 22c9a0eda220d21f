"""Local search around what an iteration changed: tails, segments and turns that only together make a plan better.

Strings put back one stop at a time cannot exchange the tails of two long routes or move a segment as it is. Every
move here makes one likely pair of stops follow each other (granular neighbourhoods, Toth and Vigo, INFORMS Journal on
Computing 15(4), 2003), and only pairs nearer than one of the neighbours they would leave are tried.
"""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import NONE
from router.solver.plain.between import exchange_segments, exchange_tails, move_segment
from router.solver.plain.model import (
    STAMP,
    Day,
    Tours,
)
from router.solver.plain.routes import cell
from router.solver.plain.within import change_order


@inlined
def _alike(day: Day, v1: int, v2: int) -> bool:
    """Return whether two vehicles drive the same roads at the same price."""
    same_roads = day.vehicle[v1].ground == day.vehicle[v2].ground
    return same_roads and day.vehicle[v1].per_meter == day.vehicle[v2].per_meter


@inlined
def _join(day: Day, tours: Tours, u: int, w: int) -> bool:
    """Try to make ``w`` follow ``u``; return whether the plan became better."""
    at = tours.at
    v1, v2 = at[u].route, at[w].route
    if v1 < 0 or v2 < 0 or at[u].next == w:
        return False
    if v1 == v2:
        return change_order(day, tours, u, w)
    if not _alike(day, v1, v2) or at[u].leave + day.arc[cell(day, tours, v1, u, w)].drive > at[w].last:
        return False
    return (
        exchange_tails(day, tours, u, w)
        or exchange_segments(day, tours, u, w)
        or move_segment(day, tours, u, w)
    )


@inlined
def polish_stop(day: Day, tours: Tours, c: int, reach: int) -> bool:
    """Try to put stop ``c`` before or behind its likely neighbours; return whether the plan became better."""
    at = tours.at
    into, out = at[c].meters_in, at[at[c].next].meters_in
    better = False
    for q in range(2 * min(reach, day.after.shape[1])):
        if q & 1 == 0:
            u, w = c, day.after[c, q >> 1].stop
            if w < 0:
                continue
            new = day.after[c, q >> 1].long
            left = max(out, at[w].meters_in)
        else:
            u, w = day.before[c, q >> 1].stop, c
            if u < 0:
                continue
            new = day.before[c, q >> 1].long
            left = max(into, at[at[u].next].meters_in)
        if new < left and _join(day, tours, u, w):
            better = True
            break
    return better


@compiled
def polish(day: Day, tours: Tours, size: int, reach: int) -> None:
    """Polish around the first ``size`` stops of ``work`` until none of them finds anything better."""
    at, stops, queue, counter = tours.at, day.penalty.shape[0], tours.queue, tours.counter
    length = 0
    counter[STAMP] += 1
    for k in range(size):
        c = tours.work[k]
        if at[c].route == NONE:
            continue
        for side in range(3):
            i = c
            if side == 1:
                i = at[c].next
            elif side == 2:
                i = at[c].prev
            if i < stops and at[i].queued != counter[STAMP]:
                at[i].queued = counter[STAMP]
                queue[length] = i
                length += 1
    for k in range(length):
        while polish_stop(day, tours, queue[k], reach):
            pass

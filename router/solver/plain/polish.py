"""Local search around what an iteration changed: tails, segments and turns that only together make a plan better.

Strings put back one stop at a time cannot exchange the tails of two long routes or move a segment as it is. Every
move here makes one likely pair of stops follow each other (granular neighbourhoods, Toth and Vigo, INFORMS Journal on
Computing 15(4), 2003), and only pairs nearer than one of the neighbours they would leave are tried.
"""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import NONE
from router.solver.plain.between import exchange_segments, exchange_tails, move_segment
from router.solver.plain.model import (
    ITERATION,
    LOGGED_NODES,
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
def _queue_changed(day: Day, tours: Tours, length: int) -> int:
    """Put the stops that have other neighbours than before this iteration in the queue; return how many it holds."""
    at, log, stops, stamp = tours.at, tours.log_at, day.penalty.shape[0], tours.counter[ITERATION]
    for row in range(tours.counter[LOGGED_NODES]):
        i = tours.log_node[row]
        if i >= stops or at[i].queued == stamp or at[i].route == NONE:
            continue
        if at[i].next != log[row].next or at[i].prev != log[row].prev or log[row].route == NONE:
            at[i].queued = stamp
            tours.queue[length] = i
            length += 1
    return length


@compiled
def polish(day: Day, tours: Tours, reach: int) -> None:
    """Polish around the stops that have other neighbours than before, and around those that get others by it.

    Around all others the polish of earlier iterations has been: most strings go back where they were.
    """
    length, k = _queue_changed(day, tours, 0), 0
    while k < length:
        better = False
        while polish_stop(day, tours, tours.queue[k], reach):
            better = True
        if better:
            length = _queue_changed(day, tours, length)
        k += 1

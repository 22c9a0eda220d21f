"""Moves within one route that make ``w`` follow ``u``: segments change places, or one is turned round."""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.plain.model import (
    Day,
    Tours,
)
from router.solver.plain.rebuild import SEGMENT_MOST, connect, rebuild, road_meters
from router.solver.plain.routes import cell, save

PATH_MOST = 40
"""Most stops of one route between the two ends of a move."""

LATE_ALREADY = -1
"""Instead of an instant: the way there is too late, or too long to look at."""


@compiled
def _walk(day: Day, tours: Tours, v: int, leave: int, i: int, j: int, until: int) -> int:
    """Drive from node ``i``, left at ``leave``, to ``j`` and on along the route to before ``until``.

    Returns when the last stop is left, or LATE_ALREADY where one is too late or the way is too long to look at.
    """
    at = tours.at
    for _ in range(PATH_MOST):
        begin = max(leave + day.arc[cell(day, tours, v, i, j)].drive, at[j].first)
        if begin > at[j].last:
            return LATE_ALREADY
        leave = begin + at[j].service
        i = j
        j = at[i].next
        if j == until:
            return leave
    return LATE_ALREADY


@inlined
def _arrives(day: Day, tours: Tours, v: int, leave: int, i: int, j: int) -> bool:
    """Return whether node ``j``, and with it the rest of the route, is in time from node ``i`` left at ``leave``."""
    if leave == LATE_ALREADY:
        return False
    return max(leave + day.arc[cell(day, tours, v, i, j)].drive, tours.at[j].first) <= tours.at[j].late


@compiled
def _change_places(
    day: Day, tours: Tours, v: int, a: int, b_first: int, b_last: int, c_first: int, c_last: int, d: int
) -> bool:
    """From a b…b c…c d to a c…c b…b d in route ``v``; return whether the times allow it, and if so do it."""
    leave = _walk(day, tours, v, tours.at[a].leave, a, c_first, d)
    if leave == LATE_ALREADY:
        return False
    leave = _walk(day, tours, v, leave, c_last, b_first, c_first)
    if not _arrives(day, tours, v, leave, b_last, d):
        return False
    for i in (a, c_last, b_last):
        save(tours, i)
    tours.at[a].next, tours.at[c_last].next, tours.at[b_last].next = c_first, b_first, d
    rebuild(day, tours, v)
    return True


@inlined
def change_order(day: Day, tours: Tours, u: int, w: int) -> bool:
    """Make ``w`` follow ``u`` in their own route: two neighbouring segments change places, or one is turned."""
    at, stops = tours.at, day.penalty.shape[0]
    v = at[u].route
    if day.vehicle[v].per_meter <= 0.0 or at[u].early == at[w].early:
        return False
    n, p = at[u].next, at[w].prev
    joined = at[n].meters_in + at[w].meters_in - road_meters(day, tours, v, u, w)
    if at[w].early < at[u].early:
        # p w … u n: what begins with w goes behind u, or what ends with u before w.
        last, first = w, u
        for _ in range(SEGMENT_MOST):
            if last == u:
                return False
            s, b = at[last].next, at[first].prev
            gain = (
                joined
                + at[s].meters_in
                - road_meters(day, tours, v, p, s)
                - road_meters(day, tours, v, last, n)
            )
            if gain > 0 and _change_places(day, tours, v, p, w, last, s, u, n):
                return True
            gain = (
                joined
                + at[first].meters_in
                - road_meters(day, tours, v, p, first)
                - road_meters(day, tours, v, b, n)
            )
            if gain > 0 and _change_places(day, tours, v, p, w, b, first, u, n):
                return True
            last, first = s, b
        return False
    # u n … p w: what begins with w comes behind u, what ends with u goes before w, or n … w is turned.
    last, first = w, u
    for _ in range(SEGMENT_MOST):
        if last < stops:
            s = at[last].next
            gain = (
                joined
                + at[s].meters_in
                - road_meters(day, tours, v, last, n)
                - road_meters(day, tours, v, p, s)
            )
            if gain > 0 and _change_places(day, tours, v, u, n, p, w, last, s):
                return True
            last = s
        if first < stops:
            b = at[first].prev
            gain = (
                joined
                + at[first].meters_in
                - road_meters(day, tours, v, b, n)
                - road_meters(day, tours, v, p, first)
            )
            if gain > 0 and _change_places(day, tours, v, b, first, u, n, p, w):
                return True
            first = b
    s = at[w].next
    return joined + at[s].meters_in - at[w].meters_in > road_meters(day, tours, v, n, s) and _turn(
        day, tours, v, u, w
    )


@compiled
def _turn(day: Day, tours: Tours, v: int, u: int, w: int) -> bool:
    """From u n … w s to u w … n s: the stops between go the other way round (2-opt)."""
    at, steps = tours.at, tours.path
    n, s = at[u].next, at[w].next
    gain = (
        at[n].meters_in
        + at[s].meters_in
        - road_meters(day, tours, v, u, w)
        - road_meters(day, tours, v, n, s)
    )
    if gain <= 0:
        return False
    leave, before, size, i = at[u].leave, u, 0, w
    while i != u:
        begin = max(leave + day.arc[cell(day, tours, v, before, i)].drive, at[i].first)
        if begin > at[i].last or size == PATH_MOST:
            return False
        leave = begin + at[i].service
        steps[0, size] = i
        if i != n:
            gain += at[i].meters_in - road_meters(day, tours, v, i, at[i].prev)
        size += 1
        before = i
        i = at[i].prev
    if gain <= 0 or not _arrives(day, tours, v, leave, n, s):
        return False
    connect(tours, u, 0, size, s)
    rebuild(day, tours, v)
    return True

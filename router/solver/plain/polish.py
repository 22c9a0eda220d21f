"""Local search around what an iteration changed: tails, segments and turns that only together make a plan better.

Strings put back one stop at a time cannot exchange the tails of two long routes or move a segment as it is. Every
move here makes one likely pair of stops follow each other (granular neighbourhoods, Toth and Vigo, INFORMS Journal on
Computing 15(4), 2003), and only pairs nearer than one of the neighbours they would leave are tried.
"""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import NEVER, NONE
from router.solver.plain.model import (
    DRIVE,
    EARLY,
    END,
    FIRST,
    FIXED,
    LAST,
    LATE,
    LEAVE,
    LENGTH,
    LOAD,
    LONG,
    METERS,
    METERS_IN,
    NEXT,
    PER_METER,
    PREV,
    PROFILE,
    ROUTE,
    SERVICE,
    SPOT,
    STAMP,
    START,
    TYPE,
    USED,
    Day,
    Tours,
)
from router.solver.plain.routes import cell, offer, save, save_tour

SEGMENT_MOST = 2
"""Longest segment that is moved or exchanged."""

PATH_MOST = 40
"""Most stops of one route between the two ends of a move."""

LEAST_GAIN = 1e-7


@compiled
def rebuild(day: Day, tours: Tours, v: int) -> None:
    """Re-compute everything about route ``v`` from the NEXT links of its nodes."""
    at, node, tour = tours.at, day.node, tours.tour
    save_tour(tours, v)
    was_used = tour[v, LENGTH] > 0
    for column in range(tour.shape[1]):
        tour[v, column] = 0
    i = day.vehicle[v, START]
    end = day.vehicle[v, END]
    while i != end:
        j = at[i, NEXT]
        save(tours, j)
        road = cell(day, v, i, j)
        at[j, PREV], at[j, ROUTE], at[j, METERS_IN] = i, v, day.arc[road, LONG]
        at[j, EARLY] = max(at[i, LEAVE] + day.arc[road, DRIVE], node[j, FIRST])
        at[j, LEAVE] = at[j, EARLY] + node[j, SERVICE]
        tour[v, METERS] += day.arc[road, LONG]
        if j != end:
            tour[v, LENGTH] += 1
            for d in range(day.amount.shape[1]):
                tour[v, LOAD + d] += day.amount[j, d]
        i = j
    at[end, LATE] = node[end, LAST]
    while at[i, PREV] != NONE:
        j = i
        i = at[j, PREV]
        save(tours, i)
        drive = day.arc[cell(day, v, i, j), DRIVE]
        at[i, LATE] = min(node[i, LAST], at[j, LATE] - drive - node[i, SERVICE])
    if tour[v, LENGTH] == 0:
        tour[v, METERS] = 0
        if was_used:
            tours.counter[USED] -= 1
            offer(day, tours, v)
    elif not was_used:
        tours.counter[USED] += 1


@inlined
def _long(day: Day, v: int, i: int, j: int) -> int:
    return day.arc[cell(day, v, i, j), LONG]


@compiled
def _holds(day: Day, tours: Tours, v: int, i: int, path: int, size: int, j: int) -> bool:
    """Return whether route ``v`` can go from node ``i`` over ``size`` stops of row ``path`` to node ``j``."""
    node, steps = day.node, tours.path
    leave = tours.at[i, LEAVE]
    for k in range(size):
        c = steps[path, k]
        begin = max(leave + day.arc[cell(day, v, i, c), DRIVE], node[c, FIRST])
        if begin > node[c, LAST]:
            return False
        leave = begin + node[c, SERVICE]
        i = c
    return max(leave + day.arc[cell(day, v, i, j), DRIVE], node[j, FIRST]) <= tours.at[j, LATE]


@compiled
def _connect(tours: Tours, i: int, path: int, size: int, j: int) -> None:
    at, steps = tours.at, tours.path
    for k in range(size):
        c = steps[path, k]
        save(tours, i)
        at[i, NEXT] = c
        i = c
    save(tours, i)
    at[i, NEXT] = j


@compiled
def _may_swap(day: Day, tours: Tours, v: int, gets: int, gets_size: int, gives: int, gives_size: int) -> bool:
    """Return whether route ``v`` may and can carry the stops of one row of ``path`` instead of those of another."""
    tour, kind, steps = tours.tour, day.vehicle[v, TYPE], tours.path
    for k in range(gets_size):
        if not day.allowed[kind, steps[gets, k]]:
            return False
    if tour[v, LENGTH] + gets_size - gives_size > day.most_stops[v]:
        return False
    for d in range(day.amount.shape[1]):
        load = tour[v, LOAD + d]
        for k in range(gets_size):
            load += day.amount[steps[gets, k], d]
        for k in range(gives_size):
            load -= day.amount[steps[gives, k], d]
        if load > day.capacity[v, d]:
            return False
    return True


@compiled
def _short_enough(day: Day, tours: Tours, v: int, i: int, path: int, size: int, j: int) -> bool:
    """Return whether route ``v`` stays within its longest distance with a row of ``path`` between ``i`` and ``j``."""
    if day.most_meters[v] >= NEVER:
        return True
    at, meters = tours.at, tours.tour[v, METERS]
    old = at[i, NEXT]
    while True:
        meters -= at[old, METERS_IN]
        if old == j:
            break
        old = at[old, NEXT]
    for k in range(size):
        c = tours.path[path, k]
        meters += _long(day, v, i, c)
        i = c
    return meters + _long(day, v, i, j) <= day.most_meters[v]


@compiled
def _swap(day: Day, tours: Tours, u: int, size_1: int, i: int, p: int, size_2: int, j: int) -> bool:
    """Put row 1 of ``path`` between ``u`` and ``i``, row 0 between ``p`` and ``j`` of another route, if that holds."""
    v1, v2 = tours.at[i, ROUTE], tours.at[j, ROUTE]
    if not (
        _may_swap(day, tours, v1, 1, size_1, 0, size_2)
        and _may_swap(day, tours, v2, 0, size_2, 1, size_1)
        and _holds(day, tours, v1, u, 1, size_1, i)
        and _holds(day, tours, v2, p, 0, size_2, j)
        and _short_enough(day, tours, v1, u, 1, size_1, i)
        and _short_enough(day, tours, v2, p, 0, size_2, j)
    ):
        return False
    _connect(tours, u, 1, size_1, i)
    _connect(tours, p, 0, size_2, j)
    rebuild(day, tours, v1)
    rebuild(day, tours, v2)
    return True


@inlined
def _exchange(day: Day, tours: Tours, u: int, w: int) -> bool:
    """Make ``w`` follow ``u`` of another route: segments from ``w`` on against segments behind ``u``."""
    at, steps, arc = tours.at, tours.path, day.arc
    v1, v2 = at[u, ROUTE], at[w, ROUTE]
    n, p = at[u, NEXT], at[w, PREV]
    stops = day.penalty.shape[0]
    places = day.places[0]
    base = day.vehicle[v1, PROFILE] * places
    row_p = (base + at[p, SPOT]) * places
    left = at[n, METERS_IN] + at[w, METERS_IN] - arc[(base + at[u, SPOT]) * places + at[w, SPOT], LONG]
    crossed = left - arc[row_p + at[n, SPOT], LONG]
    leaves = 0.0
    i, last_1 = n, u
    for k in range(SEGMENT_MOST + 1):
        # Behind u: k stops, from n to last_1; the route goes on at i.
        if k > 0:
            if i >= stops:
                break
            steps[0, k - 1] = i
            last_1 = i
            i = at[i, NEXT]
        row_1 = (base + at[last_1, SPOT]) * places
        j = w
        for q in range(1, SEGMENT_MOST + 1):
            if j >= stops:
                break
            steps[1, q - 1] = j
            last_2 = j
            j = at[j, NEXT]
            right = at[j, METERS_IN] - arc[(base + at[last_2, SPOT]) * places + at[i, SPOT], LONG]
            if k > 0:
                gain = crossed + right + at[i, METERS_IN] - arc[row_1 + at[j, SPOT], LONG]
            else:
                gain = left + right - arc[row_p + at[j, SPOT], LONG]
            if k == 0 and p >= stops and j >= stops:
                leaves = day.rate[v2, FIXED] + day.rate[v2, PER_METER] * arc[row_p + at[j, SPOT], LONG]
            else:
                leaves = 0.0
            if day.rate[v1, PER_METER] * gain + leaves > LEAST_GAIN and _swap(day, tours, u, q, i, p, k, j):
                return True
    return False


@inlined
def _relocate_head(day: Day, tours: Tours, u: int, w: int) -> bool:
    """Move the segment that ends with ``u`` to before ``w`` in another route."""
    at, steps, arc = tours.at, tours.path, day.arc
    v1 = at[u, ROUTE]
    n, p = at[u, NEXT], at[w, PREV]
    stops = day.penalty.shape[0]
    places = day.places[0]
    base = day.vehicle[v1, PROFILE] * places
    row_p = (base + at[p, SPOT]) * places
    right = at[n, METERS_IN] + at[w, METERS_IN] - arc[(base + at[u, SPOT]) * places + at[w, SPOT], LONG]
    first = u
    for k in range(1, SEGMENT_MOST + 1):
        if first >= stops:
            return False
        before = at[first, PREV]
        join = arc[(base + at[before, SPOT]) * places + at[n, SPOT], LONG]
        gain = right + at[first, METERS_IN] - join - arc[row_p + at[first, SPOT], LONG]
        leaves = 0.0
        if before >= stops and n >= stops:
            leaves = day.rate[v1, FIXED] + day.rate[v1, PER_METER] * join
        if day.rate[v1, PER_METER] * gain + leaves > LEAST_GAIN:
            i = first
            for q in range(k):
                steps[0, q] = i
                i = at[i, NEXT]
            if _swap(day, tours, before, 0, n, p, k, w):
                return True
        first = before
    return False


@compiled
def _exchange_tails(day: Day, tours: Tours, u: int, w: int) -> bool:
    """Make ``w`` and all behind it follow ``u``, and what was behind ``u`` follow the one before ``w`` (2-opt*)."""
    at = tours.at
    v1, v2 = at[u, ROUTE], at[w, ROUTE]
    n, p = at[u, NEXT], at[w, PREV]
    stops = day.penalty.shape[0]
    end_1, end_2 = day.vehicle[v1, END], day.vehicle[v2, END]
    join = _long(day, v1, p, n)
    if not (_holds(day, tours, v1, u, 0, 0, w) and _holds(day, tours, v2, p, 0, 0, n)):
        return False
    head, meters, i = 0, 0, u
    while i < stops:
        head += 1
        meters += at[i, METERS_IN]
        i = at[i, PREV]
    tail, tail_meters, i = 1, 0, at[w, NEXT]
    while i != NONE:
        tail_meters += at[i, METERS_IN]
        if i < stops:
            tail += 1
        i = at[i, NEXT]
    one = meters + _long(day, v1, u, w) + tail_meters
    other = tours.tour[v1, METERS] + tours.tour[v2, METERS] - at[n, METERS_IN] - at[w, METERS_IN] + join
    other -= meters + tail_meters
    both = tours.tour[v1, LENGTH] + tours.tour[v2, LENGTH]
    if head + tail > day.most_stops[v1] or both - head - tail > day.most_stops[v2]:
        return False
    if one > day.most_meters[v1] or other > day.most_meters[v2]:
        return False
    for d in range(day.amount.shape[1]):
        load, i = 0, u
        while i < stops:
            load += day.amount[i, d]
            i = at[i, PREV]
        i = w
        while i < stops:
            load += day.amount[i, d]
            i = at[i, NEXT]
        rest = tours.tour[v1, LOAD + d] + tours.tour[v2, LOAD + d] - load
        if load > day.capacity[v1, d] or rest > day.capacity[v2, d]:
            return False
    save(tours, u)
    save(tours, p)
    last_1, last_2 = at[end_1, PREV], at[end_2, PREV]
    save(tours, last_1)
    save(tours, last_2)
    at[u, NEXT] = w
    at[last_2, NEXT] = end_1
    if n < stops:
        at[p, NEXT] = n
        at[last_1, NEXT] = end_2
    else:
        at[p, NEXT] = end_2
    rebuild(day, tours, v1)
    rebuild(day, tours, v2)
    return True


@inlined
def _tails(day: Day, tours: Tours, u: int, w: int) -> bool:
    """Exchange the tails from ``w`` on and behind ``u``, if that is better and holds."""
    at = tours.at
    v1, v2 = at[u, ROUTE], at[w, ROUTE]
    n, p = at[u, NEXT], at[w, PREV]
    if day.vehicle[v1, TYPE] != day.vehicle[v2, TYPE]:
        return False
    stops = day.penalty.shape[0]
    join = _long(day, v1, p, n)
    gain = day.rate[v1, PER_METER] * (at[n, METERS_IN] + at[w, METERS_IN] - _long(day, v1, u, w) - join)
    if p >= stops and n >= stops:
        gain += day.rate[v1, FIXED] + day.rate[v1, PER_METER] * join
    return gain > LEAST_GAIN and _exchange_tails(day, tours, u, w)


LATE_ALREADY = -1


@compiled
def _walk(day: Day, tours: Tours, v: int, leave: int, i: int, j: int, until: int) -> int:
    """Drive from node ``i``, left at ``leave``, to ``j`` and on along the route to before ``until``.

    Returns when the last stop is left, or LATE_ALREADY where one is too late or the way is too long to look at.
    """
    at, node = tours.at, day.node
    for _ in range(PATH_MOST):
        begin = max(leave + day.arc[cell(day, v, i, j), DRIVE], node[j, FIRST])
        if begin > node[j, LAST]:
            return LATE_ALREADY
        leave = begin + node[j, SERVICE]
        i = j
        j = at[i, NEXT]
        if j == until:
            return leave
    return LATE_ALREADY


@inlined
def _arrives(day: Day, tours: Tours, v: int, leave: int, i: int, j: int) -> bool:
    """Return whether node ``j``, and with it the rest of the route, is in time from node ``i`` left at ``leave``."""
    if leave == LATE_ALREADY:
        return False
    return max(leave + day.arc[cell(day, v, i, j), DRIVE], day.node[j, FIRST]) <= tours.at[j, LATE]


@compiled
def _change_places(
    day: Day, tours: Tours, v: int, a: int, b_first: int, b_last: int, c_first: int, c_last: int, d: int
) -> bool:
    """From a b…b c…c d to a c…c b…b d in route ``v``; return whether the times allow it, and if so do it."""
    leave = _walk(day, tours, v, tours.at[a, LEAVE], a, c_first, d)
    if leave == LATE_ALREADY:
        return False
    leave = _walk(day, tours, v, leave, c_last, b_first, c_first)
    if not _arrives(day, tours, v, leave, b_last, d):
        return False
    for i in (a, c_last, b_last):
        save(tours, i)
    tours.at[a, NEXT], tours.at[c_last, NEXT], tours.at[b_last, NEXT] = c_first, b_first, d
    rebuild(day, tours, v)
    return True


@inlined
def _within(day: Day, tours: Tours, u: int, w: int) -> bool:
    """Make ``w`` follow ``u`` in their own route: two neighbouring segments change places, or one is turned."""
    at, stops = tours.at, day.penalty.shape[0]
    v = at[u, ROUTE]
    if day.rate[v, PER_METER] <= 0.0 or at[u, EARLY] == at[w, EARLY]:
        return False
    n, p = at[u, NEXT], at[w, PREV]
    joined = at[n, METERS_IN] + at[w, METERS_IN] - _long(day, v, u, w)
    if at[w, EARLY] < at[u, EARLY]:
        # p w … u n: what begins with w goes behind u, or what ends with u before w.
        last, first = w, u
        for _ in range(SEGMENT_MOST):
            if last == u:
                return False
            s, b = at[last, NEXT], at[first, PREV]
            gain = joined + at[s, METERS_IN] - _long(day, v, p, s) - _long(day, v, last, n)
            if gain > 0 and _change_places(day, tours, v, p, w, last, s, u, n):
                return True
            gain = joined + at[first, METERS_IN] - _long(day, v, p, first) - _long(day, v, b, n)
            if gain > 0 and _change_places(day, tours, v, p, w, b, first, u, n):
                return True
            last, first = s, b
        return False
    # u n … p w: what begins with w comes behind u, what ends with u goes before w, or n … w is turned.
    last, first = w, u
    for _ in range(SEGMENT_MOST):
        if last < stops:
            s = at[last, NEXT]
            gain = joined + at[s, METERS_IN] - _long(day, v, last, n) - _long(day, v, p, s)
            if gain > 0 and _change_places(day, tours, v, u, n, p, w, last, s):
                return True
            last = s
        if first < stops:
            b = at[first, PREV]
            gain = joined + at[first, METERS_IN] - _long(day, v, b, n) - _long(day, v, p, first)
            if gain > 0 and _change_places(day, tours, v, b, first, u, n, p, w):
                return True
            first = b
    s = at[w, NEXT]
    return joined + at[s, METERS_IN] - at[w, METERS_IN] > _long(day, v, n, s) and _turn(day, tours, v, u, w)


@compiled
def _turn(day: Day, tours: Tours, v: int, u: int, w: int) -> bool:
    """From u n … w s to u w … n s: the stops between go the other way round (2-opt)."""
    at, node, steps = tours.at, day.node, tours.path
    n, s = at[u, NEXT], at[w, NEXT]
    gain = at[n, METERS_IN] + at[s, METERS_IN] - _long(day, v, u, w) - _long(day, v, n, s)
    if gain <= 0:
        return False
    leave, before, size, i = at[u, LEAVE], u, 0, w
    while i != u:
        begin = max(leave + day.arc[cell(day, v, before, i), DRIVE], node[i, FIRST])
        if begin > node[i, LAST] or size == PATH_MOST:
            return False
        leave = begin + node[i, SERVICE]
        steps[0, size] = i
        if i != n:
            gain += at[i, METERS_IN] - _long(day, v, i, at[i, PREV])
        size += 1
        before = i
        i = at[i, PREV]
    if gain <= 0 or not _arrives(day, tours, v, leave, n, s):
        return False
    _connect(tours, u, 0, size, s)
    rebuild(day, tours, v)
    return True


@inlined
def _alike(day: Day, v1: int, v2: int) -> bool:
    """Return whether two vehicles drive the same roads at the same price."""
    same_roads = day.vehicle[v1, PROFILE] == day.vehicle[v2, PROFILE]
    return same_roads and day.rate[v1, PER_METER] == day.rate[v2, PER_METER]


@inlined
def _join(day: Day, tours: Tours, u: int, w: int) -> bool:
    """Try to make ``w`` follow ``u``; return whether the plan became better."""
    at = tours.at
    v1, v2 = at[u, ROUTE], at[w, ROUTE]
    if v1 == NONE or v2 == NONE or at[u, NEXT] == w:
        return False
    new = _long(day, v1, u, w)
    if new >= at[at[u, NEXT], METERS_IN] and new >= at[w, METERS_IN]:
        return False
    if v1 == v2:
        return _within(day, tours, u, w)
    if not _alike(day, v1, v2) or at[u, LEAVE] + day.arc[cell(day, v1, u, w), DRIVE] > day.node[w, LAST]:
        return False
    return _tails(day, tours, u, w) or _exchange(day, tours, u, w) or _relocate_head(day, tours, u, w)


@inlined
def polish_stop(day: Day, tours: Tours, c: int, reach: int) -> bool:
    """Try to put stop ``c`` before or behind its likely neighbours; return whether the plan became better."""
    better = False
    for q in range(2 * min(reach, day.after.shape[1])):
        u = c
        w = day.after[c, q >> 1]
        if q & 1:
            u = day.before[c, q >> 1]
            w = c
        if u != NONE and w != NONE and _join(day, tours, u, w):
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
        if at[c, ROUTE] == NONE:
            continue
        for side in range(3):
            i = c
            if side == 1:
                i = at[c, NEXT]
            elif side == 2:
                i = at[c, PREV]
            if i < stops and tours.queued[i] != counter[STAMP]:
                tours.queued[i] = counter[STAMP]
                queue[length] = i
                length += 1
    for k in range(length):
        while polish_stop(day, tours, queue[k], reach):
            pass

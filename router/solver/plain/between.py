"""Moves between two routes: tails exchanged (2-opt*), segments exchanged or moved. Each makes ``w`` follow ``u``."""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import NEVER, NONE
from router.solver.plain.model import (
    LENGTH,
    LOAD,
    METERS,
    Day,
    Tours,
)
from router.solver.plain.rebuild import LEAST_GAIN, SEGMENT_MOST, connect, holds, rebuild, road_meters
from router.solver.plain.routes import save


@compiled
def _may_swap(day: Day, tours: Tours, v: int, gets: int, gets_size: int, gives: int, gives_size: int) -> bool:
    """Return whether route ``v`` may and can carry the stops of one row of ``path`` instead of those of another."""
    tour, kind, steps = tours.tour, day.vehicle[v].kind, tours.path
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
    old = at[i].next
    while True:
        meters -= at[old].meters_in
        if old == j:
            break
        old = at[old].next
    for k in range(size):
        c = tours.path[path, k]
        meters += road_meters(day, tours, v, i, c)
        i = c
    return meters + road_meters(day, tours, v, i, j) <= day.most_meters[v]


@compiled
def _swap(day: Day, tours: Tours, u: int, size_1: int, i: int, p: int, size_2: int, j: int) -> bool:
    """Put row 1 of ``path`` between ``u`` and ``i``, row 0 between ``p`` and ``j`` of another route, if that holds."""
    v1, v2 = tours.at[i].route, tours.at[j].route
    if not (
        _may_swap(day, tours, v1, 1, size_1, 0, size_2)
        and _may_swap(day, tours, v2, 0, size_2, 1, size_1)
        and holds(day, tours, v1, u, 1, size_1, i)
        and holds(day, tours, v2, p, 0, size_2, j)
        and _short_enough(day, tours, v1, u, 1, size_1, i)
        and _short_enough(day, tours, v2, p, 0, size_2, j)
    ):
        return False
    connect(tours, u, 1, size_1, i)
    connect(tours, p, 0, size_2, j)
    rebuild(day, tours, v1)
    rebuild(day, tours, v2)
    return True


@inlined
def exchange_segments(day: Day, tours: Tours, u: int, w: int) -> bool:
    """Make ``w`` follow ``u`` of another route: segments from ``w`` on against segments behind ``u``."""
    at, steps, arc = tours.at, tours.path, day.arc
    v1, v2 = at[u].route, at[w].route
    n, p = at[u].next, at[w].prev
    stops = day.penalty.shape[0]
    ground = day.vehicle[v1].ground
    row_p = ground + at[p].row
    left = at[n].meters_in + at[w].meters_in - arc[ground + at[u].row + at[w].spot].long
    crossed = left - arc[row_p + at[n].spot].long
    leaves = 0.0
    i, last_1 = n, u
    for k in range(SEGMENT_MOST + 1):
        # Behind u: k stops, from n to last_1; the route goes on at i.
        if k > 0:
            if i >= stops:
                break
            steps[0, k - 1] = i
            last_1 = i
            i = at[i].next
        row_1 = ground + at[last_1].row
        j = w
        for q in range(1, SEGMENT_MOST + 1):
            if j >= stops:
                break
            steps[1, q - 1] = j
            last_2 = j
            j = at[j].next
            right = at[j].meters_in - arc[ground + at[last_2].row + at[i].spot].long
            if k > 0:
                gain = crossed + right + at[i].meters_in - arc[row_1 + at[j].spot].long
            else:
                gain = left + right - arc[row_p + at[j].spot].long
            if k == 0 and p >= stops and j >= stops:
                leaves = day.vehicle[v2].fixed + day.vehicle[v2].per_meter * arc[row_p + at[j].spot].long
            else:
                leaves = 0.0
            if day.vehicle[v1].per_meter * gain + leaves > LEAST_GAIN and _swap(day, tours, u, q, i, p, k, j):
                return True
    return False


@inlined
def move_segment(day: Day, tours: Tours, u: int, w: int) -> bool:
    """Move the segment that ends with ``u`` to before ``w`` in another route."""
    at, steps, arc = tours.at, tours.path, day.arc
    v1 = at[u].route
    n, p = at[u].next, at[w].prev
    stops = day.penalty.shape[0]
    ground = day.vehicle[v1].ground
    row_p = ground + at[p].row
    right = at[n].meters_in + at[w].meters_in - arc[ground + at[u].row + at[w].spot].long
    first = u
    for k in range(1, SEGMENT_MOST + 1):
        if first >= stops:
            return False
        before = at[first].prev
        join = arc[ground + at[before].row + at[n].spot].long
        gain = right + at[first].meters_in - join - arc[row_p + at[first].spot].long
        leaves = 0.0
        if before >= stops and n >= stops:
            leaves = day.vehicle[v1].fixed + day.vehicle[v1].per_meter * join
        if day.vehicle[v1].per_meter * gain + leaves > LEAST_GAIN:
            i = first
            for q in range(k):
                steps[0, q] = i
                i = at[i].next
            if _swap(day, tours, before, 0, n, p, k, w):
                return True
        first = before
    return False


@compiled
def _do_exchange_tails(day: Day, tours: Tours, u: int, w: int) -> bool:
    """Make ``w`` and all behind it follow ``u``, and what was behind ``u`` follow the one before ``w`` (2-opt*)."""
    at = tours.at
    v1, v2 = at[u].route, at[w].route
    n, p = at[u].next, at[w].prev
    stops = day.penalty.shape[0]
    end_1, end_2 = day.vehicle[v1].end, day.vehicle[v2].end
    join = road_meters(day, tours, v1, p, n)
    if not (holds(day, tours, v1, u, 0, 0, w) and holds(day, tours, v2, p, 0, 0, n)):
        return False
    head, meters, i = 0, 0, u
    while i < stops:
        head += 1
        meters += at[i].meters_in
        i = at[i].prev
    tail, tail_meters, i = 1, 0, at[w].next
    while i != NONE:
        tail_meters += at[i].meters_in
        if i < stops:
            tail += 1
        i = at[i].next
    one = meters + road_meters(day, tours, v1, u, w) + tail_meters
    other = tours.tour[v1, METERS] + tours.tour[v2, METERS] - at[n].meters_in - at[w].meters_in + join
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
            i = at[i].prev
        i = w
        while i < stops:
            load += day.amount[i, d]
            i = at[i].next
        rest = tours.tour[v1, LOAD + d] + tours.tour[v2, LOAD + d] - load
        if load > day.capacity[v1, d] or rest > day.capacity[v2, d]:
            return False
    save(tours, u)
    save(tours, p)
    last_1, last_2 = at[end_1].prev, at[end_2].prev
    save(tours, last_1)
    save(tours, last_2)
    at[u].next = w
    at[last_2].next = end_1
    if n < stops:
        at[p].next = n
        at[last_1].next = end_2
    else:
        at[p].next = end_2
    rebuild(day, tours, v1)
    rebuild(day, tours, v2)
    return True


@inlined
def exchange_tails(day: Day, tours: Tours, u: int, w: int) -> bool:
    """Exchange the tails from ``w`` on and behind ``u``, if that is better and holds."""
    at = tours.at
    v1, v2 = at[u].route, at[w].route
    n, p = at[u].next, at[w].prev
    if day.vehicle[v1].kind != day.vehicle[v2].kind:
        return False
    stops = day.penalty.shape[0]
    join = road_meters(day, tours, v1, p, n)
    gain = day.vehicle[v1].per_meter * (
        at[n].meters_in + at[w].meters_in - road_meters(day, tours, v1, u, w) - join
    )
    if p >= stops and n >= stops:
        gain += day.vehicle[v1].fixed + day.vehicle[v1].per_meter * join
    return gain > LEAST_GAIN and _do_exchange_tails(day, tours, u, w)

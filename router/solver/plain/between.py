"""Moves between two routes: tails exchanged (2-opt*), segments exchanged or moved. Each makes ``w`` follow ``u``."""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import NEVER, NONE
from router.solver.plain.model import (
    END,
    FIXED,
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
    SPOT,
    TYPE,
    Day,
    Tours,
)
from router.solver.plain.rebuild import LEAST_GAIN, SEGMENT_MOST, connect, holds, rebuild, road_meters
from router.solver.plain.routes import save


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
        meters += road_meters(day, v, i, c)
        i = c
    return meters + road_meters(day, v, i, j) <= day.most_meters[v]


@compiled
def _swap(day: Day, tours: Tours, u: int, size_1: int, i: int, p: int, size_2: int, j: int) -> bool:
    """Put row 1 of ``path`` between ``u`` and ``i``, row 0 between ``p`` and ``j`` of another route, if that holds."""
    v1, v2 = tours.at[i, ROUTE], tours.at[j, ROUTE]
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
def move_segment(day: Day, tours: Tours, u: int, w: int) -> bool:
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
def _do_exchange_tails(day: Day, tours: Tours, u: int, w: int) -> bool:
    """Make ``w`` and all behind it follow ``u``, and what was behind ``u`` follow the one before ``w`` (2-opt*)."""
    at = tours.at
    v1, v2 = at[u, ROUTE], at[w, ROUTE]
    n, p = at[u, NEXT], at[w, PREV]
    stops = day.penalty.shape[0]
    end_1, end_2 = day.vehicle[v1, END], day.vehicle[v2, END]
    join = road_meters(day, v1, p, n)
    if not (holds(day, tours, v1, u, 0, 0, w) and holds(day, tours, v2, p, 0, 0, n)):
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
    one = meters + road_meters(day, v1, u, w) + tail_meters
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
def exchange_tails(day: Day, tours: Tours, u: int, w: int) -> bool:
    """Exchange the tails from ``w`` on and behind ``u``, if that is better and holds."""
    at = tours.at
    v1, v2 = at[u, ROUTE], at[w, ROUTE]
    n, p = at[u, NEXT], at[w, PREV]
    if day.vehicle[v1, TYPE] != day.vehicle[v2, TYPE]:
        return False
    stops = day.penalty.shape[0]
    join = road_meters(day, v1, p, n)
    gain = day.rate[v1, PER_METER] * (at[n, METERS_IN] + at[w, METERS_IN] - road_meters(day, v1, u, w) - join)
    if p >= stops and n >= stops:
        gain += day.rate[v1, FIXED] + day.rate[v1, PER_METER] * join
    return gain > LEAST_GAIN and _do_exchange_tails(day, tours, u, w)

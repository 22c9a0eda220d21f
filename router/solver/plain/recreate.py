"""Recreate: put absent stops back one by one, each where it costs least, now and then overlooking a place.

Only places beside one of a stop's likely neighbours are judged, and an unused vehicle of each type, so that an
iteration costs the same on short and on long routes, with few stops and with many.
"""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import NONE
from router.solver.kernel.rng import below, uniform
from router.solver.plain.model import (
    ABSENT,
    LENGTH,
    LOAD,
    METERS,
    WORK,
    Day,
    Tours,
)
from router.solver.plain.routes import put, unused_vehicle

BLINK = 0.01
"""Chance to overlook a position (Christiaens and Vanden Berghe 2020, section 5.3)."""

TYPES_MOST = 8
"""Most vehicle types of which an unused vehicle is tried for one stop."""

RANDOM_WEIGHT, KEY_WEIGHTS = 4, (4, 2, 1, 2, 2, 2, 1)
"""How often stops are ordered at random or by each row of ``Day.order``."""


@compiled
def sort_work(day: Day, tours: Tours) -> None:
    """Put the stops to insert in an order chosen at random; required ones mostly go first."""
    size, work, keys = tours.counter[WORK], tours.work, tours.keys
    total = RANDOM_WEIGHT
    for weight in KEY_WEIGHTS:
        total += weight
    draw, chosen = below(tours.random, total) - RANDOM_WEIGHT, -1
    while draw >= 0:
        chosen += 1
        draw -= KEY_WEIGHTS[chosen]
    required_first = uniform(tours.random) < 0.8
    for k in range(size):
        c = work[k]
        if chosen < 0:
            keys[k] = uniform(tours.random)
        else:
            keys[k] = day.order[chosen, c]
        if required_first and day.required[c]:
            keys[k] -= 1e15
    for k in range(1, size):
        c, key, q = work[k], keys[k], k - 1
        while q >= 0 and keys[q] > key:
            work[q + 1], keys[q + 1] = work[q], keys[q]
            q -= 1
        work[q + 1], keys[q + 1] = c, key


@inlined
def fits(day: Day, tours: Tours, v: int, c: int) -> bool:
    """Return whether route ``v`` may and can carry stop ``c``, whatever the hour."""
    able = day.allowed[day.vehicle[v].kind, c] and tours.tour[v, LENGTH] < day.most_stops[v]
    for d in range(day.amount.shape[1]):
        if tours.tour[v, LOAD + d] + day.amount[c, d] > day.capacity[v, d]:
            able = False
    return able


@inlined
def in_time(day: Day, tours: Tours, c: int, i: int, j: int, drive_in: int, drive_out: int) -> bool:
    """Return whether stop ``c`` and all behind it are in time between nodes ``i`` and ``j``."""
    begin = max(tours.at[i].leave + drive_in, tours.at[c].first)
    return begin <= tours.at[c].last and begin + tours.at[c].service + drive_out <= tours.at[j].late


@inlined
def find_place(day: Day, tours: Tours, c: int, bar: float, thrifty: bool) -> tuple[float, int, int]:
    """Return ``(extra cost, vehicle, node before)`` of the cheapest place for stop ``c`` below ``bar``, or NONE.

    ``thrifty`` leaves unused vehicles at home where any other place is found.
    """
    at, vehicle, tour = tours.at, day.vehicle, tours.tour
    best, best_v, place = bar, NONE, NONE
    here = at[c].row
    least_in, least_out = day.least_in[c], day.least_out[c]
    for side in range(2):
        for q in range(day.before.shape[1]):
            if side == 0:
                i = day.before[c, q].stop
                if i < 0:
                    break
                v = at[i].route
                if v < 0:
                    continue
                j = at[i].next
                least = day.before[c, q].long + least_out - at[j].meters_in
            else:
                j = day.after[c, q].stop
                if j < 0:
                    break
                v = at[j].route
                if v < 0:
                    continue
                i = at[j].prev
                least = day.after[c, q].long + least_in - at[j].meters_in
            # No matrix is looked at where even the shortest roads that there are cost too much.
            if vehicle[v].per_meter * least >= best:
                continue
            row = vehicle[v].ground + here
            into, out = row + at[i].spot, row + at[j].spot
            longer = day.arc_into[into].long + day.arc[out].long - at[j].meters_in
            cost = vehicle[v].per_meter * longer
            if cost >= best:
                continue
            if (
                not in_time(day, tours, c, i, j, day.arc_into[into].drive, day.arc[out].drive)
                or not fits(day, tours, v, c)
                or tour[v, METERS] + longer > day.most_meters[v]
                or uniform(tours.random) < BLINK
            ):
                continue
            best, best_v, place = cost, v, i
    types = day.type_0.shape[0] - 1
    first = 0
    if types > TYPES_MOST:
        first = below(tours.random, types)
    if thrifty and best_v != NONE:
        types = 0
    for t in range(min(types, TYPES_MOST)):
        v = unused_vehicle(day, tours, (first + t) % types)
        if v == NONE:
            continue
        i, j = vehicle[v].start, vehicle[v].end
        row = vehicle[v].ground + here
        into, out = row + at[i].spot, row + at[j].spot
        longer = day.arc_into[into].long + day.arc[out].long
        cost = vehicle[v].fixed + vehicle[v].per_meter * longer
        if (
            cost < best
            and in_time(day, tours, c, i, j, day.arc_into[into].drive, day.arc[out].drive)
            and fits(day, tours, v, c)
            and longer <= day.most_meters[v]
        ):
            best, best_v, place = cost, v, i
    return best, best_v, place


@compiled
def insert_all(day: Day, tours: Tours, lenient: bool, thrifty: bool) -> None:
    """Insert the stops of ``work`` in order.

    ``lenient`` inserts optional ones at any price, ``thrifty`` puts all in vehicles at work where there is a place.
    """
    counter, at = tours.counter, tours.at
    for k in range(counter[WORK]):
        c = tours.work[k]
        if at[c].route != NONE:
            # The seed may stand twice in the list.
            continue
        bar = 1e300
        if not lenient and not day.required[c]:
            bar = day.penalty[c]
        _, v, i = find_place(day, tours, c, bar, thrifty)
        if v != NONE:
            put(day, tours, v, i, c)
    kept = 0
    for k in range(counter[ABSENT]):
        c = tours.absent[k]
        if at[c].route == NONE:
            tours.absent[kept] = c
            kept += 1
    counter[ABSENT] = kept

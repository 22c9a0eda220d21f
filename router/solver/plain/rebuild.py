"""What every move of the polish needs: try a row of stops between two nodes, link it in, and re-compute the route."""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import NONE
from router.solver.plain.model import (
    DRIVE,
    EARLY,
    END,
    FIRST,
    LAST,
    LATE,
    LEAVE,
    LENGTH,
    LOAD,
    LONG,
    METERS,
    METERS_IN,
    NEXT,
    PREV,
    ROUTE,
    SERVICE,
    START,
    USED,
    Day,
    Tours,
)
from router.solver.plain.routes import cell, offer, save, save_tour

SEGMENT_MOST = 2
"""Longest segment that is moved or exchanged."""

LEAST_GAIN = 1e-7
"""In money: less is rounding."""


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
def road_meters(day: Day, v: int, i: int, j: int) -> int:
    """Return how far vehicle ``v`` drives from node ``i`` to node ``j``."""
    return day.arc[cell(day, v, i, j), LONG]


@compiled
def holds(day: Day, tours: Tours, v: int, i: int, path: int, size: int, j: int) -> bool:
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
def connect(tours: Tours, i: int, path: int, size: int, j: int) -> None:
    """Link node ``i`` over ``size`` stops of row ``path`` to node ``j``; ``rebuild`` has to follow."""
    at, steps = tours.at, tours.path
    for k in range(size):
        c = steps[path, k]
        save(tours, i)
        at[i, NEXT] = c
        i = c
    save(tours, i)
    at[i, NEXT] = j

"""What every move of the polish needs: try a row of stops between two nodes, link it in, and re-compute the route."""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import NONE
from router.solver.plain.model import (
    LENGTH,
    LOAD,
    METERS,
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
    at, tour = tours.at, tours.tour
    save_tour(tours, v)
    was_used = tour[v, LENGTH] > 0
    for column in range(tour.shape[1]):
        tour[v, column] = 0
    i = day.vehicle[v].start
    end = day.vehicle[v].end
    while i != end:
        j = at[i].next
        save(tours, j)
        road = cell(day, tours, v, i, j)
        at[j].prev, at[j].route, at[j].meters_in = i, v, day.arc[road].long
        at[j].early = max(at[i].leave + day.arc[road].drive, at[j].first)
        at[j].leave = at[j].early + at[j].service
        tour[v, METERS] += day.arc[road].long
        if j != end:
            tour[v, LENGTH] += 1
            for d in range(day.amount.shape[1]):
                tour[v, LOAD + d] += day.amount[j, d]
        i = j
    at[end].late = at[end].last
    while at[i].prev != NONE:
        j = i
        i = at[j].prev
        save(tours, i)
        drive = day.arc[cell(day, tours, v, i, j)].drive
        at[i].late = min(at[i].last, at[j].late - drive - at[i].service)
    if tour[v, LENGTH] == 0:
        tour[v, METERS] = 0
        if was_used:
            tours.counter[USED] -= 1
            offer(day, tours, v)
    elif not was_used:
        tours.counter[USED] += 1


@inlined
def road_meters(day: Day, tours: Tours, v: int, i: int, j: int) -> int:
    """Return how far vehicle ``v`` drives from node ``i`` to node ``j``."""
    return day.arc[cell(day, tours, v, i, j)].long


@compiled
def holds(day: Day, tours: Tours, v: int, i: int, path: int, size: int, j: int) -> bool:
    """Return whether route ``v`` can go from node ``i`` over ``size`` stops of row ``path`` to node ``j``."""
    at, steps = tours.at, tours.path
    leave = tours.at[i].leave
    for k in range(size):
        c = steps[path, k]
        begin = max(leave + day.arc[cell(day, tours, v, i, c)].drive, at[c].first)
        if begin > at[c].last:
            return False
        leave = begin + at[c].service
        i = c
    return max(leave + day.arc[cell(day, tours, v, i, j)].drive, at[j].first) <= tours.at[j].late


@compiled
def connect(tours: Tours, i: int, path: int, size: int, j: int) -> None:
    """Link node ``i`` over ``size`` stops of row ``path`` to node ``j``; ``rebuild`` has to follow."""
    at, steps = tours.at, tours.path
    for k in range(size):
        c = steps[path, k]
        save(tours, i)
        at[i].next = c
        i = c
    save(tours, i)
    at[i].next = j

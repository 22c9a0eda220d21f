"""The arrays of the plain search: what is asked (``Day``) and where the search stands (``Tours``).

Nodes are numbered as in the full kernel: stops are ``0 .. n-1``; vehicle ``v`` starts at node ``n + 2v`` and ends at
``n + 2v + 1``. Times are whole seconds since the horizon began, distances whole metres, costs floats.
What one insertion looks at is one cache line a node, and rows of the matrices that lie in one piece.
"""

from typing import NamedTuple

import numpy as np

from router.solver.kernel.model import NONE, Bools, Floats, Ints, Ints32, Randoms, Records

BESIDE = np.dtype([("stop", np.int32), ("long", np.int32)])
"""A likely neighbour, and the metres to it or from it for the vehicle that has fewest."""

VEHICLE = np.dtype(
    [
        ("fixed", np.float64),
        ("per_meter", np.float64),
        ("kind", np.int32),
        ("start", np.int32),
        ("end", np.int32),
        ("ground", np.uint32),
    ]
)
"""A vehicle: money per use and per metre, its type, the nodes it starts and ends at, where its matrix begins."""

CACHE_LINE = 64

NODE = np.dtype(
    [
        ("next", np.int32),
        ("prev", np.int32),
        ("route", np.int32),
        ("early", np.int32),
        ("late", np.int32),
        ("meters_in", np.int32),
        ("leave", np.int32),
        ("first", np.int32),
        ("last", np.int32),
        ("service", np.int32),
        ("spot", np.uint32),
        ("row", np.uint32),
        ("saved", np.int64),
        ("queued", np.int64),
    ]
)
"""A node, one cache line, so that a look at a neighbour costs one access.

Links; earliest and latest begin, metres from the node before, end of service. Then what never changes: first and last
begin, length of service, place and row in a matrix. Then the iteration in which the row was saved for undo, and
that in which it was put in the queue of the polish.

Rows are records, and what adds up to an index is unsigned: numba then knows distances in memory when it compiles, and
need not ask whether an index counts from the end. That is worth half as many rounds again.
"""

# Columns of Tours.tour, one row a vehicle; the loads follow.
LENGTH, METERS, LOAD = 0, 1, 2

SHUT = 1 << 29
"""Seconds and metres of a road that does not exist: too late for any window, and two of them still fit."""


class Day(NamedTuple):
    """What is asked; never written to by the search.

    Attributes:
        arc: ``(P * M * M,)`` of ARC: matrices, flat, a road at ``(p * M + from) * M + to``.
        arc_into: the same with from and to changed over: all roads into one place lie in one piece.
        amount: ``(n, D)`` what a stop adds to the load of its route.
        capacity: ``(V, D)``.
        vehicle: ``(V,)`` of VEHICLE.
        most_stops: ``(V,)``.
        most_meters: ``(V,)``.
        allowed: ``(T, n)`` whether a vehicle of a type may serve a stop at all.
        penalty: ``(n,)`` cost of leaving a stop out; 0 for required ones.
        required: ``(n,)``.
        type_0: ``(T + 1,)`` ranges of ``type_vehicle``.
        type_vehicle: ``(V,)`` vehicles by type.
        near: ``(n, Q)`` nearest stops of each stop, nearest first, padded with NONE.
        before: ``(n, K)`` of BESIDE: stops after which a stop may well come, best first, padded with NONE.
        after: ``(n, K)`` stops before which it may well come.
        least_in: ``(n,)`` metres of the shortest road into a stop for the vehicle that has fewest; least_out out of it.
        order: ``(KEYS, n)`` keys by which stops are put in order before they are inserted again.
        big: ``(1,)`` weighs more than any plan; counted for each required stop left out.
    """

    arc: Records
    arc_into: Records
    amount: Ints
    capacity: Ints
    vehicle: Records
    most_stops: Ints
    most_meters: Ints
    allowed: Bools
    penalty: Floats
    required: Bools
    type_0: Ints
    type_vehicle: Ints
    near: Ints32
    before: Records
    after: Records
    least_in: Ints
    least_out: Ints
    order: Floats
    big: Floats


class Tours(NamedTuple):
    """Where the search stands.

    Attributes:
        at: ``(N,)`` of NODE.
        tour: ``(V, 2 + D)`` number of stops, metres and loads of each route.
        absent: ``(n,)`` stops in no route; the first ``counter[ABSENT]`` entries hold.
        counter: ``(COUNTERS,)`` see the names below.
        value: ``(2,)`` cost of the current and the best plan; missing required stops are counters.
        hint: ``(T,)`` where to look for an unused vehicle of a type.
        random: ``(1,)`` state of the generator.
        log_node: ``(N,)`` nodes saved for undo; log_at their rows.
        log_tour: ``(V,)`` routes saved for undo; log_row their rows; saved_tour the iteration.
        log_absent: ``(n,)`` the list of absent stops as it was.
        ruined: ``(V,)`` the iteration in which a route last lost a string.
        best_next: ``(N,)`` links of the best plan; best_meters ``(V,)`` how far each of its routes is.
        work: ``(n,)`` stops to insert; keys their sort keys.
        path: ``(2, n + 3)`` scratch: stops that a move puts in a row.
        queue: ``(n,)`` stops to polish around.
    """

    at: Records
    tour: Ints
    absent: Ints32
    counter: Ints
    value: Floats
    hint: Ints
    random: Randoms
    log_node: Ints32
    log_at: Records
    log_tour: Ints32
    log_row: Ints
    saved_tour: Ints
    log_absent: Ints32
    ruined: Ints
    best_next: Ints32
    best_meters: Ints
    work: Ints32
    keys: Floats
    path: Ints32
    queue: Ints32


# Entries of Tours.counter.
ABSENT, ITERATION, LOGGED_NODES, LOGGED_TOURS, LOGGED_ABSENT = 0, 1, 2, 3, 4
MISSING, BEST_MISSING, LOGGED_MISSING, BEST_ABSENT, USED, SEED, WORK = 5, 6, 7, 8, 9, 10, 11
DONE = 12
COUNTERS = 13

# Entries of Tours.value.
COST, BEST_COST = 0, 1


def new_tours(day: Day, node: Records, seed: int) -> Tours:
    """Return a state in which every stop is absent and every vehicle unused; ``node`` has what never changes."""
    nodes, stops, vehicles = node.shape[0], day.penalty.shape[0], day.vehicle.shape[0]
    dims, types = day.amount.shape[1], day.type_0.shape[0] - 1
    tours = Tours(
        at=_aligned(node),
        tour=np.zeros((vehicles, LOAD + dims), dtype=np.int64),
        absent=np.arange(stops, dtype=np.int32),
        counter=np.zeros(COUNTERS, dtype=np.int64),
        value=np.zeros(2),
        hint=np.zeros(types, dtype=np.int64),
        random=np.array([(seed * 2654435769 + 88172645463325252) & ((1 << 64) - 1)], dtype=np.uint64),
        log_node=np.zeros(nodes, dtype=np.int32),
        log_at=_aligned(node),
        log_tour=np.zeros(vehicles, dtype=np.int32),
        log_row=np.zeros((vehicles, LOAD + dims), dtype=np.int64),
        saved_tour=np.zeros(vehicles, dtype=np.int64),
        log_absent=np.zeros(stops, dtype=np.int32),
        ruined=np.zeros(vehicles, dtype=np.int64),
        best_next=np.full(nodes, NONE, dtype=np.int32),
        best_meters=np.zeros(vehicles, dtype=np.int64),
        work=np.zeros(stops, dtype=np.int32),
        keys=np.zeros(stops),
        path=np.zeros((2, stops + 3), dtype=np.int32),
        queue=np.zeros(stops, dtype=np.int32),
    )
    tours.counter[ABSENT] = tours.counter[BEST_ABSENT] = stops
    tours.counter[MISSING] = tours.counter[BEST_MISSING] = int(day.required.sum())
    tours.value[COST] = tours.value[BEST_COST] = float(day.penalty.sum())
    return tours


def _aligned(node: Records) -> Records:
    """Return a copy of which no row lies in two cache lines."""
    memory = np.zeros((len(node) + 1) * CACHE_LINE, dtype=np.uint8)
    begin = -memory.ctypes.data % CACHE_LINE
    rows = memory[begin : begin + len(node) * CACHE_LINE].view(NODE)
    rows[:] = node
    return rows

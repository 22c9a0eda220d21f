"""The arrays of the plain search: what is asked (``Day``) and where the search stands (``Tours``).

Nodes are numbered as in the full kernel: stops are ``0 .. n-1``; vehicle ``v`` starts at node ``n + 2v`` and ends at
``n + 2v + 1``. Times are whole seconds since the horizon began, distances whole metres, costs floats.
What one insertion looks at fits into half a cache line a node, and in rows of the matrices that lie in one piece.
"""

from typing import NamedTuple

import numpy as np

from router.solver.kernel.model import NONE, Bools, Floats, Ints, Ints32, Randoms

# Columns of Day.node.
FIRST, LAST, SERVICE, PLACE = 0, 1, 2, 3

# Columns of Day.arc and Day.arc_into: seconds and metres of a road, side by side.
DRIVE, LONG = 0, 1

# Columns of Day.vehicle.
TYPE, START, END, PROFILE = 0, 1, 2, 3

# Columns of Day.rate: money per use and per metre.
FIXED, PER_METER = 0, 1

# Columns of Tours.at, one row a node: links, earliest and latest begin, metres from the node before, end of service.
NEXT, PREV, ROUTE, EARLY, LATE, METERS_IN, LEAVE = 0, 1, 2, 3, 4, 5, 6
SPOT = 7  # the place in the matrices, which never changes
AT_COLUMNS = 8

# Columns of Tours.tour, one row a vehicle; the loads follow.
LENGTH, METERS, LOAD = 0, 1, 2

SHUT = 1 << 29
"""Seconds and metres of a road that does not exist: too late for any window, and two of them still fit."""


class Day(NamedTuple):
    """What is asked; never written to by the search.

    Attributes:
        node: ``(N, 4)`` first and last begin of service, its length, and the place in the matrices.
        arc: ``(P * M * M, 2)`` matrices, flat: seconds and metres at ``(p * M + from) * M + to``.
        arc_into: the same with from and to changed over: all roads into one place lie in one piece.
        places: ``(1,)`` the number M of places.
        amount: ``(n, D)`` what a stop adds to the load of its route.
        capacity: ``(V, D)``.
        vehicle: ``(V, 4)``.
        rate: ``(V, 2)``.
        most_stops: ``(V,)``.
        most_meters: ``(V,)``.
        allowed: ``(T, n)`` whether a vehicle of a type may serve a stop at all.
        penalty: ``(n,)`` cost of leaving a stop out; 0 for required ones.
        required: ``(n,)``.
        type_0: ``(T + 1,)`` ranges of ``type_vehicle``.
        type_vehicle: ``(V,)`` vehicles by type.
        near: ``(n, Q)`` nearest stops of each stop, nearest first, padded with NONE.
        before: ``(n, K)`` stops after which a stop may well come, best first, padded with NONE.
        after: ``(n, K)`` stops before which it may well come.
        order: ``(KEYS, n)`` keys by which stops are put in order before they are inserted again.
        big: ``(1,)`` weighs more than any plan; counted for each required stop left out.
    """

    node: Ints32
    arc: Ints32
    arc_into: Ints32
    places: Ints
    amount: Ints
    capacity: Ints
    vehicle: Ints32
    rate: Floats
    most_stops: Ints
    most_meters: Ints
    allowed: Bools
    penalty: Floats
    required: Bools
    type_0: Ints
    type_vehicle: Ints
    near: Ints32
    before: Ints32
    after: Ints32
    order: Floats
    big: Floats


class Tours(NamedTuple):
    """Where the search stands.

    Attributes:
        at: ``(N, AT_COLUMNS)`` links and times of each node.
        tour: ``(V, 2 + D)`` number of stops, metres and loads of each route.
        absent: ``(n,)`` stops in no route; the first ``counter[ABSENT]`` entries hold.
        counter: ``(COUNTERS,)`` see the names below.
        value: ``(2,)`` cost of the current and the best plan; missing required stops are counters.
        hint: ``(T,)`` where to look for an unused vehicle of a type.
        random: ``(1,)`` state of the generator.
        log_node: ``(N,)`` nodes saved for undo; log_at their rows; saved the iteration in which each was.
        log_tour: ``(V,)`` routes saved for undo; log_row their rows; saved_tour the iteration.
        log_absent: ``(n,)`` the list of absent stops as it was.
        ruined: ``(V,)`` the iteration in which a route last lost a string.
        best_next: ``(N,)`` links of the best plan; best_meters ``(V,)`` how far each of its routes is.
        work: ``(n,)`` stops to insert; keys their sort keys.
        path: ``(2, n + 3)`` scratch: stops that a move puts in a row.
        queue: ``(n,)`` stops to polish around; queued stamps of those in it.
    """

    at: Ints32
    tour: Ints
    absent: Ints32
    counter: Ints
    value: Floats
    hint: Ints
    random: Randoms
    log_node: Ints32
    log_at: Ints32
    saved: Ints
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
    queued: Ints


# Entries of Tours.counter.
ABSENT, ITERATION, LOGGED_NODES, LOGGED_TOURS, LOGGED_ABSENT = 0, 1, 2, 3, 4
MISSING, BEST_MISSING, LOGGED_MISSING, BEST_ABSENT, USED, SEED, WORK = 5, 6, 7, 8, 9, 10, 11
STAMP, DONE = 12, 13
COUNTERS = 14

# Entries of Tours.value.
COST, BEST_COST = 0, 1


def new_tours(day: Day, seed: int) -> Tours:
    """Return a state in which every stop is absent and every vehicle unused."""
    nodes, stops, vehicles = day.node.shape[0], day.penalty.shape[0], day.vehicle.shape[0]
    dims, types = day.amount.shape[1], day.type_0.shape[0] - 1
    tours = Tours(
        at=np.full((nodes, AT_COLUMNS), NONE, dtype=np.int32),
        tour=np.zeros((vehicles, LOAD + dims), dtype=np.int64),
        absent=np.arange(stops, dtype=np.int32),
        counter=np.zeros(COUNTERS, dtype=np.int64),
        value=np.zeros(2),
        hint=np.zeros(types, dtype=np.int64),
        random=np.array([(seed * 2654435769 + 88172645463325252) & ((1 << 64) - 1)], dtype=np.uint64),
        log_node=np.zeros(nodes, dtype=np.int32),
        log_at=np.zeros((nodes, AT_COLUMNS), dtype=np.int32),
        saved=np.zeros(nodes, dtype=np.int64),
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
        queued=np.zeros(stops, dtype=np.int64),
    )
    tours.at[:, SPOT] = day.node[:, PLACE]
    tours.counter[ABSENT] = tours.counter[BEST_ABSENT] = stops
    tours.counter[MISSING] = tours.counter[BEST_MISSING] = int(day.required.sum())
    tours.value[COST] = tours.value[BEST_COST] = float(day.penalty.sum())
    return tours

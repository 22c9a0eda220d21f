"""The arrays of the search: what is asked (``Model``) and where the search stands (``State``).

Nodes: stops are ``0 .. n-1``; vehicle ``v`` starts at node ``n + 2v`` and ends at ``n + 2v + 1``; behind them stand
the reload nodes of the vehicles that may make several trips.
Routes are doubly linked lists of nodes from a vehicle's start node to its end node, so that a change costs
what it touches. Times are whole seconds since the horizon began, distances whole metres, costs floats.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from router.solver.kernel.records import BESIDE, GAP, LINK

Ints = NDArray[np.int64]
Ints32 = NDArray[np.int32]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Randoms = NDArray[np.uint64]
Records = NDArray[np.void]

NONE = -1
"""No node, no route, no crossing."""

NO_ROAD, WATER = -1, -2
"""Stand for seconds of road where there is none, and where land differs."""

ANYWHERE = -1
"""The land mass of a start or an end that is wherever the stop beside it is."""

NEVER = 1 << 30
"""Later than any instant of a horizon, and farther than any road; only compared with, never added up."""

# Columns of Model.vehicle. RANK is the place in type_vehicle; reload nodes and breaks are ranges.
PROFILE, CONVEYANCE, START, END, TYPE, DECK, RANK = 0, 1, 2, 3, 4, 5, 6
RELOAD_0, RELOAD_N, BREAK_0, BREAK_N = 7, 8, 9, 10
VEHICLE_COLUMNS = 11

# Columns of Model.rest: a break begins between OPENS and CLOSES.
OPENS, CLOSES, REST = 0, 1, 2

# Columns of Model.leg: when each sailing of a crossing casts off, docks and rolls off; then, NONE for the last, when
# the next one checks in and how long the road there takes.
CASTS_OFF, DOCKS, ASHORE, BOARDS, TRANSFER = 0, 1, 2, 3, 4
LEG_COLUMNS = 5

# Columns of Model.rate: money per use, per metre, per second.
FIXED, PER_METER, PER_SECOND = 0, 1, 2

# Columns of Model.port_pair: columns and rows of the ports in their blocks, and the range of crossings.
FROM_COLUMN, TO_ROW, CROSSING_0, CROSSING_N, ONE_FARE = 0, 1, 2, 3, 4

# Columns of Model.crossing; SAILING_1 and SAILING_2 are NONE for shorter chains.
CHECK_IN, ROLL_OFF, ROAD, SAILING_0, SAILING_1, SAILING_2 = 0, 1, 2, 3, 4, 5

# Rows of State.load for a node: on board after it, and the most on board in its trip up to it and from it on;
# then what never changes: brought from the depot for it, the change at it, and what of that belongs to shipments.
AFTER, MOST_BEFORE, MOST_AFTER, BROUGHT, CHANGE, SHIPPED = 0, 1, 2, 3, 4, 5
CHANGING_LOADS = 3

# Columns of State.tour, one row a vehicle. LENGTH counts stops, INNER all nodes between start and end; FIRST_CROSSED
# is the first node that a crossing leads to, or NONE.
LENGTH, METERS, TOUCHED, NEEDS_LABELS, DURATION, INNER, FIRST_CROSSED = 0, 1, 2, 3, 4, 5, 6
TOUR_CHANGING = 7
MOST_METERS, MOST_DURATION, MOST_STOPS, LOCKED = 7, 8, 9, 10
TOUR_COLUMNS = 11
LIMIT_COLUMNS = TOUR_COLUMNS - TOUR_CHANGING


class Model(NamedTuple):
    """What is asked; never written to by the search.

    Attributes:
        node: ``(N,)`` of NODE: what never changes of a node.
        window: ``(W, 2)`` begin and end of windows, sorted and apart for each node; every node has one.
        road: ``(P, N)`` of SPOT: where each node stands in the matrices of each profile.
        arc: ``(cells,)`` of ARC: all matrix blocks, flat, the road from i to j at ``row of i + column of j``. For what
            is ANYWHERE column 0 and one more row are zeros.
        vehicle: ``(V, VEHICLE_COLUMNS)``.
        limit: ``(V, LIMIT_COLUMNS)`` what a tour may be; the search reads it from ``State.tour``.
        rate: ``(V, 3)``.
        capacity: ``(V, D)``.
        amount: ``(N, 3, D)`` the rows BROUGHT, CHANGE and SHIPPED of each node's loads.
        rest: ``(B, 3)`` breaks, by vehicle.
        locks: ``(1,)`` number of locked sequences.
        waits: ``(1,)`` 1 where some stop is brought by trips that may not leave at once, else 0.
        allowed: ``(n, T)`` whether a stop may be served by a vehicle of a type at all.
        penalty: ``(n,)`` cost of leaving a stop out; 0 for required ones.
        required: ``(n,)``.
        type_0: ``(T + 1,)`` ranges of ``type_vehicle``.
        type_vehicle: ``(V,)`` vehicles by type.
        pair_0: ``(K, M * M + 1)`` range of port pairs from land mass to land mass, for each conveyance.
        port_pair: ``(G, 5)``.
        crossing: ``(X, 6)`` by port pair, sorted by check-in.
        leg: ``(X, 3, LEG_COLUMNS)`` see the names of its columns; NONE for shorter chains.
        fare: ``(X,)``.
        least_fare: ``(K * M * M,)`` no crossing from land mass to land mass costs less; infinite if none.
        least_time: ``(K * M * M,)`` nor takes less from check-in to roll-off.
        masses: ``(1,)`` the number M.
        near: ``(n, Q)`` nearest stops of each stop, nearest first, padded with NONE.
        near_road: ``(P, n, REACH)`` of BETWEEN: roads between a stop and its nearest, side by side: what is looked at
            most must not wait for memory.
        sweep: ``(n,)`` all stops along Morton's curve, land by land.
        order: ``(KEYS, n)`` keys by which stops are put in order before they are inserted again.
        big: ``(1,)`` weighs more than any plan; counted for each required stop left out.
    """

    node: Records
    window: Ints
    road: Records
    arc: Records
    vehicle: Ints
    limit: Ints
    rate: Floats
    capacity: Ints
    amount: Ints
    rest: Ints
    locks: Ints
    waits: Ints
    allowed: Bools
    penalty: Floats
    required: Bools
    type_0: Ints
    type_vehicle: Ints
    pair_0: Ints
    port_pair: Ints
    crossing: Ints
    leg: Ints
    fare: Floats
    least_fare: Floats
    least_time: Ints
    masses: Ints
    near: Ints32
    near_road: Records
    sweep: Ints
    order: Floats
    big: Floats


class State(NamedTuple):
    """Where the search stands.

    Attributes:
        at: ``(N,)`` of LINK: each node in its route.
        blank: ``(1,)`` of LINK: a node in no route.
        load: ``(N, 6, D)`` loads at each node, see the names of its rows.
        tour: ``(V, TOUR_COLUMNS)``.
        cost: ``(V,)`` cost of each route, 0 for an unused vehicle.
        deck_free: ``(S,)`` slots left on each sailing.
        absent: ``(n,)`` stops in no route; the first ``counter[0]`` entries hold.
        counter: ``(COUNTERS,)`` see the names below.
        value: ``(VALUES,)`` cost of the current plan, the best and the one before this round (missing required stops
            are counters); share of trades; what this round has made dearer so far as judged, and the most that it may.
        candidate: ``(V,)`` scratch: routes to judge for one stop.
        hint: ``(T,)`` where to look for an unused vehicle of a type.
        random: ``(1,)`` state of the generator.
        log_node: ``(N,)`` nodes saved for undo; log_at and log_load their rows.
        log_tour: ``(V, 1 + TOUR_CHANGING)`` routes saved for undo; log_cost their costs.
        log_absent: ``(n,)`` the list of absent stops as it was.
        best_next: ``(N,)`` links of the best plan; best_crossed its crossings, best_route_cost its costs.
        stale: ``(V,)`` whether a route changed since it was last written to the best plan.
        mark: ``(V,)`` stamps of the routes looked at.
        beside: ``(N,)`` of BESIDE: which nodes are neighbours of a stop.
        first_near, last_near: ``(V,)`` first and last neighbour in a route, as places in the stop's row of ``near``;
            next_near: ``(Q,)`` the next one in the same route, or NONE.
        gap: ``(4 N,)`` of GAP, scratch: places where a stop may be put.
        taken: ``(n,)`` the iteration in which a stop was last taken out.
        failed: ``(n,)`` how often in a row a stop found no place.
        shut: ``(T,)`` the last iteration in which no further vehicle of a type went out.
        closed: ``(V,)`` whether a vehicle may not go out at all for the time being.
        absences: ``(n,)`` in how many rounds a stop has been missing since one vehicle less was tried.
        barred: ``(V,)`` the last attempt to insert a stop in which a route proved unable to take it.
        work: ``(n,)`` stops to insert; keys: ``(n,)`` their sort keys.
        span: ``(N,)`` scratch: nodes about to be taken out.
        shipped: ``(D,)`` scratch: of shipments on board along a route.
        lock_seen: ``(L,)`` scratch: last place seen of each locked sequence along a route.
        focus: ``(n,)`` where rounds begin: at the first ``counter[FOCUS]`` of these stops, anywhere if there are none.
        label, label_time, trail: scratch of ``labels.settle``.
    """

    at: Records
    blank: Records
    load: Ints
    tour: Ints
    cost: Floats
    deck_free: Ints
    absent: Ints
    counter: Ints
    value: Floats
    candidate: Ints
    hint: Ints
    random: Randoms
    log_node: Ints
    log_at: Records
    log_load: Ints
    log_tour: Ints
    log_cost: Floats
    log_absent: Ints
    best_next: Ints
    best_crossed: Ints
    best_route_cost: Floats
    stale: Bools
    mark: Ints
    beside: Records
    first_near: Ints
    last_near: Ints
    next_near: Ints
    gap: Records
    taken: Ints
    failed: Ints
    shut: Ints
    closed: Bools
    absences: Ints
    barred: Ints
    work: Ints
    keys: Floats
    span: Ints
    shipped: Ints
    lock_seen: Ints
    focus: Ints
    label: Floats
    label_time: Ints
    trail: Ints


# Entries of State.counter.
ABSENT, ITERATION, LOGGED_NODES, LOGGED_TOURS, LOGGED_ABSENT = 0, 1, 2, 3, 4
MISSING, BEST_MISSING, LOGGED_MISSING, STAMP, WORK = 5, 6, 7, 8, 9
ACCEPTED, IMPROVED, BEST_ABSENT, ATTEMPT, SEED, RESCUE, RESCUER = 10, 11, 12, 13, 14, 15, 16
KICK, FOCUS = 17, 18
COUNTERS = 19

# Entries of State.value.
COST, BEST_COST, LOGGED_COST, TRADES, SPENT, BAR = 0, 1, 2, 3, 4, 5
VALUES = 6

REACH = 40
"""Nearest neighbours of a stop whose routes are judged."""

LABELS = 48
"""Most labels kept a node in the exact evaluation of a route with crossings or several windows."""

TRAIL = 4096
"""Most crossings remembered while labels are extended along one route."""


def new_state(model: Model, decks: Ints, seed: int) -> State:
    """Return a state in which every stop is absent and every vehicle unused."""
    nodes, _, dims = model.amount.shape
    stops = model.penalty.shape[0]
    vehicles = model.vehicle.shape[0]
    types = model.type_0.shape[0] - 1

    def ints(*shape: int, fill: int = 0) -> Ints:
        return np.full(shape, fill, dtype=np.int64)

    blank = np.array((NONE,) * len(LINK.descr), dtype=LINK)
    state = State(
        at=np.full(nodes, blank),
        blank=np.full(1, blank),
        load=np.concatenate((ints(nodes, CHANGING_LOADS, dims), model.amount), axis=1),
        tour=np.hstack((ints(vehicles, TOUR_CHANGING), model.limit)),
        cost=np.zeros(vehicles),
        deck_free=decks.copy(),
        absent=np.arange(max(stops, 1), dtype=np.int64),
        counter=ints(COUNTERS),
        value=np.zeros(VALUES),
        candidate=ints(vehicles),
        hint=ints(max(types, 1)),
        random=np.array([(seed * 2654435769 + 88172645463325252) & ((1 << 64) - 1)], dtype=np.uint64),
        log_node=ints(nodes),
        log_at=np.full(nodes, blank),
        log_load=ints(nodes, CHANGING_LOADS, dims),
        log_tour=ints(vehicles, 1 + TOUR_CHANGING),
        log_cost=np.zeros(vehicles),
        log_absent=ints(max(stops, 1)),
        best_next=ints(nodes, fill=NONE),
        best_crossed=ints(nodes, fill=NONE),
        best_route_cost=np.zeros(vehicles),
        stale=np.ones(vehicles, dtype=np.bool_),
        mark=ints(vehicles, fill=NONE),
        beside=np.full(nodes, np.array((NONE, NONE), dtype=BESIDE)),
        first_near=ints(vehicles),
        last_near=ints(vehicles),
        next_near=ints(model.near.shape[1]),
        gap=np.zeros(4 * nodes, dtype=GAP),
        taken=ints(max(stops, 1), fill=NONE),
        failed=ints(max(stops, 1)),
        shut=ints(max(types, 1), fill=NONE),
        closed=np.zeros(vehicles, dtype=np.bool_),
        absences=ints(max(stops, 1)),
        barred=ints(vehicles, fill=NONE),
        work=ints(max(stops, 1)),
        keys=np.zeros(max(stops, 1)),
        span=ints(nodes),
        shipped=ints(dims),
        lock_seen=ints(max(int(model.locks[0]), 1)),
        focus=ints(max(stops, 1)),
        label=np.zeros((2, LABELS)),
        label_time=ints(2, LABELS, 5),
        trail=ints(TRAIL, 2),
    )
    state.counter[ABSENT] = state.counter[BEST_ABSENT] = stops
    state.counter[MISSING] = state.counter[BEST_MISSING] = int(model.required.sum())
    state.value[COST] = state.value[BEST_COST] = float(model.penalty.sum())
    return state

"""Routes as linked lists whose earliest and latest begins are kept up, and whose old rows are saved for undo."""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import NONE
from router.solver.plain.model import (
    ABSENT,
    AT_COLUMNS,
    DRIVE,
    EARLY,
    END,
    FIRST,
    ITERATION,
    LAST,
    LATE,
    LEAVE,
    LENGTH,
    LOAD,
    LOGGED_NODES,
    LOGGED_TOURS,
    LONG,
    METERS,
    METERS_IN,
    NEXT,
    PLACE,
    PREV,
    PROFILE,
    ROUTE,
    SERVICE,
    START,
    TYPE,
    USED,
    Day,
    Tours,
)


@inlined
def save(tours: Tours, i: int) -> None:
    """Keep the row of node ``i`` for undo; does nothing the second time in one iteration."""
    counter = tours.counter
    if tours.saved[i] != counter[ITERATION]:
        tours.saved[i] = counter[ITERATION]
        row = counter[LOGGED_NODES]
        counter[LOGGED_NODES] = row + 1
        tours.log_node[row] = i
        for column in range(AT_COLUMNS):
            tours.log_at[row, column] = tours.at[i, column]


@inlined
def save_tour(tours: Tours, v: int) -> None:
    """Keep the row of route ``v`` for undo; does nothing the second time in one iteration."""
    counter = tours.counter
    if tours.saved_tour[v] != counter[ITERATION]:
        tours.saved_tour[v] = counter[ITERATION]
        row = counter[LOGGED_TOURS]
        counter[LOGGED_TOURS] = row + 1
        tours.log_tour[row] = v
        for column in range(tours.tour.shape[1]):
            tours.log_row[row, column] = tours.tour[v, column]


@inlined
def cell(day: Day, v: int, i: int, j: int) -> int:
    """Return the row of ``Day.arc`` for the road from node ``i`` to node ``j``."""
    places = day.places[0]
    return (day.vehicle[v, PROFILE] * places + day.node[i, PLACE]) * places + day.node[j, PLACE]


@inlined
def later(day: Day, tours: Tours, v: int, i: int) -> bool:
    """Carry a new earliest begin at node ``i`` on to those behind it; ``False`` where one would be too late."""
    at, node = tours.at, day.node
    j = at[i, NEXT]
    while j != NONE:
        arrive = at[i, LEAVE] + day.arc[cell(day, v, i, j), DRIVE]
        early = max(arrive, node[j, FIRST])
        if early == at[j, EARLY]:
            return True
        if early > at[j, LATE]:
            return False
        save(tours, j)
        at[j, EARLY] = early
        at[j, LEAVE] = early + node[j, SERVICE]
        i = j
        j = at[i, NEXT]
    return True


@inlined
def sooner(day: Day, tours: Tours, v: int, j: int) -> None:
    """Carry a new latest begin at node ``j`` on to those before it."""
    at, node = tours.at, day.node
    i = at[j, PREV]
    while i != NONE:
        late = min(node[i, LAST], at[j, LATE] - day.arc[cell(day, v, i, j), DRIVE] - node[i, SERVICE])
        if late == at[i, LATE]:
            return
        save(tours, i)
        at[i, LATE] = late
        j = i
        i = at[j, PREV]


@compiled
def close_gap(day: Day, tours: Tours, v: int, i: int, j: int) -> bool:
    """Link node ``i`` straight to node ``j`` and carry the times on; ``False`` where the road is too long."""
    at, node = tours.at, day.node
    save(tours, i)
    save(tours, j)
    road = cell(day, v, i, j)
    at[i, NEXT], at[j, PREV], at[j, METERS_IN] = j, i, day.arc[road, LONG]
    early = max(at[i, LEAVE] + day.arc[road, DRIVE], node[j, FIRST])
    if early > at[j, LATE]:
        return False
    at[j, EARLY], at[j, LEAVE] = early, early + node[j, SERVICE]
    at[i, LATE] = min(node[i, LAST], at[j, LATE] - day.arc[road, DRIVE] - node[i, SERVICE])
    if not later(day, tours, v, j):
        return False
    sooner(day, tours, v, i)
    return True


@compiled
def put(day: Day, tours: Tours, v: int, i: int, c: int) -> None:
    """Put stop ``c`` after node ``i`` of route ``v``, where it is known to fit."""
    at, node, tour = tours.at, day.node, tours.tour
    j = at[i, NEXT]
    save_tour(tours, v)
    save(tours, i)
    save(tours, c)
    save(tours, j)
    into, out = cell(day, v, i, c), cell(day, v, c, j)
    tour[v, METERS] += day.arc[into, LONG] + day.arc[out, LONG]
    if tour[v, LENGTH] > 0:
        tour[v, METERS] -= at[j, METERS_IN]
    else:
        tours.counter[USED] += 1
    tour[v, LENGTH] += 1
    for d in range(day.amount.shape[1]):
        tour[v, LOAD + d] += day.amount[c, d]
    at[i, NEXT], at[c, PREV], at[c, NEXT], at[j, PREV], at[c, ROUTE] = c, i, j, c, v
    at[c, METERS_IN], at[j, METERS_IN] = day.arc[into, LONG], day.arc[out, LONG]
    early = max(at[i, LEAVE] + day.arc[into, DRIVE], node[c, FIRST])
    at[c, EARLY], at[c, LEAVE] = early, early + node[c, SERVICE]
    at[c, LATE] = min(node[c, LAST], at[j, LATE] - day.arc[out, DRIVE] - node[c, SERVICE])
    later(day, tours, v, c)
    sooner(day, tours, v, c)


@inlined
def leave_out(day: Day, tours: Tours, v: int, c: int) -> None:
    """Count stop ``c`` of route ``v`` as absent; its neighbours are linked by ``close_gap``."""
    save(tours, c)
    tour, counter = tours.tour, tours.counter
    tours.at[c, ROUTE] = NONE
    tour[v, LENGTH] -= 1
    if tour[v, LENGTH] == 0:
        counter[USED] -= 1
    for d in range(day.amount.shape[1]):
        tour[v, LOAD + d] -= day.amount[c, d]
    tours.absent[counter[ABSENT]] = c
    counter[ABSENT] += 1


@inlined
def unused_vehicle(day: Day, tours: Tours, kind: int) -> int:
    """Return a vehicle of type ``kind`` without a route, or NONE."""
    low, high = day.type_0[kind], day.type_0[kind + 1]
    for k in range(max(low, tours.hint[kind]), high):
        v = day.type_vehicle[k]
        if tours.tour[v, LENGTH] == 0:
            tours.hint[kind] = k
            return v
    tours.hint[kind] = high
    return NONE


@compiled
def offer(day: Day, tours: Tours, v: int) -> None:
    """Let ``unused_vehicle`` find vehicle ``v`` again where it has no route."""
    if tours.tour[v, LENGTH] == 0:
        kind = day.vehicle[v, TYPE]
        tours.hint[kind] = min(tours.hint[kind], v)


@compiled
def clear_route(day: Day, tours: Tours, v: int) -> bool:
    """Make route ``v`` empty; return ``False`` where the vehicle cannot even drive home."""
    at, node = tours.at, day.node
    i, j = day.vehicle[v, START], day.vehicle[v, END]
    for column in range(tours.tour.shape[1]):
        tours.tour[v, column] = 0
    road = cell(day, v, i, j)
    drive = day.arc[road, DRIVE]
    at[i, PREV], at[i, NEXT], at[j, PREV], at[j, NEXT] = NONE, j, i, NONE
    at[i, ROUTE] = at[j, ROUTE] = v
    at[i, EARLY], at[i, LEAVE] = node[i, FIRST], node[i, FIRST]
    at[j, LATE] = node[j, LAST]
    at[j, EARLY] = max(at[i, LEAVE] + drive, node[j, FIRST])
    at[i, LATE] = min(node[i, LAST], at[j, LATE] - drive)
    at[i, METERS_IN], at[j, METERS_IN] = 0, day.arc[road, LONG]
    at[j, LEAVE] = at[j, EARLY]
    return at[j, EARLY] <= at[j, LATE]

"""Routes as linked lists whose earliest and latest begins are kept up, and whose old rows are saved for undo."""

from router.solver.kernel.compiled import compiled, inlined
from router.solver.kernel.model import NONE, Records
from router.solver.plain.model import (
    ABSENT,
    ITERATION,
    LENGTH,
    LOAD,
    LOGGED_NODES,
    LOGGED_TOURS,
    METERS,
    USED,
    Day,
    Tours,
)


@inlined
def copy_row(source: Records, i: int, target: Records, k: int) -> None:
    """Copy all that changes in row ``i`` to row ``k``."""
    target[k].next = source[i].next
    target[k].prev = source[i].prev
    target[k].route = source[i].route
    target[k].early = source[i].early
    target[k].late = source[i].late
    target[k].meters_in = source[i].meters_in
    target[k].leave = source[i].leave


@inlined
def save(tours: Tours, i: int) -> None:
    """Keep the row of node ``i`` for undo; does nothing the second time in one iteration."""
    counter = tours.counter
    if tours.at[i].saved != counter[ITERATION]:
        tours.at[i].saved = counter[ITERATION]
        row = counter[LOGGED_NODES]
        counter[LOGGED_NODES] = row + 1
        tours.log_node[row] = i
        copy_row(tours.at, i, tours.log_at, row)


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
def cell(day: Day, tours: Tours, v: int, i: int, j: int) -> int:
    """Return the row of ``Day.arc`` for the road from node ``i`` to node ``j``."""
    return day.vehicle[v].ground + tours.at[i].row + tours.at[j].spot


@inlined
def later(day: Day, tours: Tours, v: int, i: int) -> bool:
    """Carry a new earliest begin at node ``i`` on to those behind it; ``False`` where one would be too late."""
    at = tours.at
    j = at[i].next
    while j != NONE:
        arrive = at[i].leave + day.arc[cell(day, tours, v, i, j)].drive
        early = max(arrive, at[j].first)
        if early == at[j].early:
            return True
        if early > at[j].late:
            return False
        save(tours, j)
        at[j].early = early
        at[j].leave = early + at[j].service
        i = j
        j = at[i].next
    return True


@inlined
def sooner(day: Day, tours: Tours, v: int, j: int) -> None:
    """Carry a new latest begin at node ``j`` on to those before it."""
    at = tours.at
    i = at[j].prev
    while i != NONE:
        late = min(at[i].last, at[j].late - day.arc[cell(day, tours, v, i, j)].drive - at[i].service)
        if late == at[i].late:
            return
        save(tours, i)
        at[i].late = late
        j = i
        i = at[j].prev


@compiled
def close_gap(day: Day, tours: Tours, v: int, i: int, j: int) -> bool:
    """Link node ``i`` straight to node ``j`` and carry the times on; ``False`` where the road is too long."""
    at = tours.at
    save(tours, i)
    save(tours, j)
    road = cell(day, tours, v, i, j)
    at[i].next, at[j].prev, at[j].meters_in = j, i, day.arc[road].long
    early = max(at[i].leave + day.arc[road].drive, at[j].first)
    if early > at[j].late:
        return False
    at[j].early, at[j].leave = early, early + at[j].service
    at[i].late = min(at[i].last, at[j].late - day.arc[road].drive - at[i].service)
    if not later(day, tours, v, j):
        return False
    sooner(day, tours, v, i)
    return True


@compiled
def put(day: Day, tours: Tours, v: int, i: int, c: int) -> None:
    """Put stop ``c`` after node ``i`` of route ``v``, where it is known to fit."""
    at, tour = tours.at, tours.tour
    j = at[i].next
    save_tour(tours, v)
    save(tours, i)
    save(tours, c)
    save(tours, j)
    into, out = cell(day, tours, v, i, c), cell(day, tours, v, c, j)
    tour[v, METERS] += day.arc[into].long + day.arc[out].long
    if tour[v, LENGTH] > 0:
        tour[v, METERS] -= at[j].meters_in
    else:
        tours.counter[USED] += 1
    tour[v, LENGTH] += 1
    for d in range(day.amount.shape[1]):
        tour[v, LOAD + d] += day.amount[c, d]
    at[i].next, at[c].prev, at[c].next, at[j].prev, at[c].route = c, i, j, c, v
    at[c].meters_in, at[j].meters_in = day.arc[into].long, day.arc[out].long
    early = max(at[i].leave + day.arc[into].drive, at[c].first)
    at[c].early, at[c].leave = early, early + at[c].service
    at[c].late = min(at[c].last, at[j].late - day.arc[out].drive - at[c].service)
    later(day, tours, v, c)
    sooner(day, tours, v, c)


@inlined
def leave_out(day: Day, tours: Tours, v: int, c: int) -> None:
    """Count stop ``c`` of route ``v`` as absent; its neighbours are linked by ``close_gap``."""
    save(tours, c)
    tour, counter = tours.tour, tours.counter
    tours.at[c].route = NONE
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
        kind = day.vehicle[v].kind
        tours.hint[kind] = min(tours.hint[kind], v)


@compiled
def clear_route(day: Day, tours: Tours, v: int) -> bool:
    """Make route ``v`` empty; return ``False`` where the vehicle cannot even drive home."""
    at = tours.at
    i, j = day.vehicle[v].start, day.vehicle[v].end
    for column in range(tours.tour.shape[1]):
        tours.tour[v, column] = 0
    road = cell(day, tours, v, i, j)
    drive = day.arc[road].drive
    at[i].prev, at[i].next, at[j].prev, at[j].next = NONE, j, i, NONE
    at[i].route = at[j].route = v
    at[i].early, at[i].leave = at[i].first, at[i].first
    at[j].late = at[j].last
    at[j].early = max(at[i].leave + drive, at[j].first)
    at[i].late = min(at[i].last, at[j].late - drive)
    at[i].meters_in, at[j].meters_in = 0, day.arc[road].long
    at[j].leave = at[j].early
    return at[j].early <= at[j].late

"""What the kernel knows of each node: windows, service, releases, shipments, locks and loads."""

from dataclasses import dataclass

import numpy as np

from router.domain.fleet import Vehicle
from router.domain.ids import DepotId, PlaceId, StopId
from router.domain.locks import LockKind
from router.domain.places import TimeWindow
from router.domain.problem import Problem, Stop, StopKind
from router.solver.kernel import model as m
from router.solver.kernel.records import NODE

UNLIMITED = 1 << 40
"""Capacity of what has no limit."""

HUNDREDTHS = 100
"""Cash is counted in hundredths of the currency, as one more dimension of load."""


LONGEST = (1 << 29) - 1
"""Seconds from the first start of a shift that the search looks ahead, 17 years, so that two of them fit 32 bits."""


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """The nodes: stops, then start and end of each vehicle, then its reloads.

    Attributes:
        node: See ``kernel.model``.
        window: See ``kernel.model``.
        places: The place of each node, ``None`` for a start or end anywhere.
        servable: Whether a node has any instant within the horizon.
        reload_0: Where the reload nodes of each vehicle begin, with one more entry at the end.
    """

    node: m.Records
    window: m.Ints
    places: list[PlaceId | None]
    servable: m.Bools
    reload_0: list[int]


@dataclass(frozen=True, slots=True)
class _Row:
    place: PlaceId | None
    service: int
    windows: tuple[TimeWindow, ...]
    ready: int = -m.NEVER
    mate: int = m.NONE
    is_drop: bool = False
    lock: int = m.NONE
    rank: int = m.NONE


def encode_nodes(problem: Problem, vehicles: tuple[Vehicle, ...], horizon: TimeWindow) -> Nodes:
    """Return the nodes with their windows cut to the horizon and counted from its start."""
    rows = _stop_rows(problem, horizon)
    for vehicle in vehicles:
        for name in (vehicle.start, vehicle.end):
            rows.append(_Row(name, 0, _hours(problem, name, vehicle, horizon)))
    reload_0 = [len(rows)]
    for vehicle in vehicles:
        hours = _hours(problem, vehicle.loads_at, vehicle, horizon)
        rows += [_Row(vehicle.loads_at, vehicle.reload, hours)] * (vehicle.max_trips - 1)
        reload_0.append(len(rows))
    node = np.zeros(len(rows), dtype=NODE)
    window: list[tuple[int, int]] = []
    for i, row in enumerate(rows):
        # A node that can never be served keeps one window, so that the kernel needs no special case.
        spans = [(w.start - horizon.start, w.end - horizon.start) for w in row.windows] or [(0, 0)]
        first = len(window)
        window += spans
        times = (min(row.service, LONGEST), first, len(window), spans[0][0], spans[-1][1])
        node[i] = (*times, row.ready, row.mate, row.is_drop, row.lock, row.rank)
    return Nodes(
        node=node,
        window=np.array(window, dtype=np.int64).reshape(-1, 2),
        places=[row.place for row in rows],
        servable=np.array([bool(row.windows) for row in rows], dtype=np.bool_),
        reload_0=reload_0,
    )


def _stop_rows(problem: Problem, horizon: TimeWindow) -> list[_Row]:
    index = {stop.id: i for i, stop in enumerate(problem.stops)}
    mate: dict[StopId, int] = {}
    for shipment in problem.shipments:
        mate[shipment.pickup], mate[shipment.dropoff] = index[shipment.dropoff], index[shipment.pickup]
    locked: dict[StopId, tuple[int, int]] = {}
    for number, lock in enumerate(problem.locks):
        if lock.kind is LockKind.SEQUENCE:
            locked |= {stop_id: (number, rank) for rank, stop_id in enumerate(lock.stop_ids)}
    return [
        _stop_row(stop, horizon, mate.get(stop.id, m.NONE), *locked.get(stop.id, (m.NONE, m.NONE)))
        for stop in problem.stops
    ]


def _stop_row(stop: Stop, horizon: TimeWindow, mate: int, lock: int, rank: int) -> _Row:
    is_drop = stop.shipment is not None and stop.kind is StopKind.DROPOFF
    ready = -m.NEVER
    if stop.ready_at is not None and stop.shipment is None and stop.kind is StopKind.DROPOFF:
        ready = min(max(stop.ready_at - horizon.start, -m.NEVER), m.NEVER - 1)
    windows = _within(stop.windows, horizon)
    return _Row(stop.id, stop.service, windows, ready, mate, is_drop, lock, rank)


def _hours(
    problem: Problem, place: DepotId | None, vehicle: Vehicle, horizon: TimeWindow
) -> tuple[TimeWindow, ...]:
    """Return when a vehicle may be at a place where it starts, ends or loads."""
    hours = _within(problem.hours(place), vehicle.shift)
    return _within(hours, horizon) if hours else ()


def _within(windows: tuple[TimeWindow, ...], span: TimeWindow) -> tuple[TimeWindow, ...]:
    """Return what of the windows lies within ``span``; no windows mean all of it."""
    if not windows:
        return (span,)
    cut = ((max(w.start, span.start), min(w.end, span.end)) for w in windows)
    return tuple(TimeWindow(start, end) for start, end in cut if start <= end)


@dataclass(frozen=True, slots=True, eq=False)
class Loads:
    """Loads of nodes and capacities of vehicles; cash, where it is limited, is the last dimension."""

    amount: m.Ints
    capacity: m.Ints


def encode_loads(problem: Problem, vehicles: tuple[Vehicle, ...], nodes: int) -> Loads:
    """Return ``(N, 3, D)`` amounts (brought from the depot, change at the node, shipped) and ``(V, D)`` capacities."""
    counts_cash = any(vehicle.limits.cash is not None for vehicle in vehicles)
    dims = len(problem.dimensions) + counts_cash
    amount = np.zeros((nodes, 3, dims), dtype=np.int64)
    for i, stop in enumerate(problem.stops):
        load = np.array(stop.load, dtype=np.int64)
        goods = amount[i, :, : len(load)]
        sign = -1 if stop.kind is StopKind.DROPOFF else 1
        goods[1] = sign * load
        if stop.shipment is not None:
            goods[2] = sign * load
        elif sign < 0:
            goods[0] = load
        if counts_cash:
            amount[i, 1, -1] = round(stop.cash * HUNDREDTHS)
    rows = [[UNLIMITED if limit is None else limit for limit in v.capacity] for v in vehicles]
    if counts_cash:
        for row, vehicle in zip(rows, vehicles, strict=True):
            cash = vehicle.limits.cash
            row.append(UNLIMITED if cash is None else round(cash * HUNDREDTHS))
    return Loads(amount, np.array(rows, dtype=np.int64).reshape(len(vehicles), dims))

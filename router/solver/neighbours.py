"""Which stops are near each other, and in which orders stops may be inserted."""

import numpy as np

from router.domain.problem import Problem
from router.domain.travel_choice import NO_ROAD
from router.solver.kernel import model as m
from router.solver.kernel.records import BETWEEN
from router.travel.matrix import Block
from router.travel.travel import Travel

MORTON_BITS = 16
"""Halvings of the map in each direction: down to some metres on an island."""

NEAREST = 100
"""Neighbours kept for each stop: enough for the longest ruin, few enough for 10,000 stops."""


def nearest_stops(travel: Travel, problem: Problem) -> m.Ints32:
    """Return ``(n, Q)`` the nearest stops of each stop on its land mass, nearest first, padded with NONE.

    Near means the mean of the drives there and back, with the first profile of the fleet.
    """
    index = {stop.id: i for i, stop in enumerate(problem.stops)}
    near = np.full((len(index), min(NEAREST, max(len(index) - 1, 1))), m.NONE, dtype=np.int32)
    profile = problem.profiles()[0] if problem.vehicles else None
    for (name, _), block in travel.matrix.blocks.items():
        rows = [row for row, place in enumerate(block.places) if place in index]
        if name != profile or len(rows) < 2:
            continue
        stops = np.array([index[problem.stop(block.places[row]).id] for row in rows], dtype=np.int32)  # type: ignore[arg-type]
        there = block.seconds[np.ix_(rows, rows)].astype(np.int64)
        there[there == NO_ROAD] = m.NEVER
        there += there.T.copy()
        np.fill_diagonal(there, 4 * m.NEVER)
        width = min(near.shape[1], len(rows) - 1)
        closest = np.argsort(there, axis=1, kind="stable")[:, :width]
        near[stops, :width] = stops[closest]
    return near


def roads_beside(near: m.Ints32, road: m.Records, arc: m.Records) -> m.Records:
    """Return ``(P, n, REACH)`` the roads between each stop and its nearest, as ``Model.near_road`` has them."""
    stops = np.arange(len(near))[:, None]
    near = np.where(near == m.NONE, stops, near)[:, : m.REACH]
    roads = np.zeros((len(road), *near.shape), dtype=BETWEEN)
    for p, where in enumerate(road):
        row, column = where["row"].astype(np.int64), where["column"].astype(np.int64)
        there, back = arc[row[near] + column[stops]], arc[row[stops] + column[near]]
        roads["in_drive"][p], roads["in_long"][p] = there["drive"], there["long"]
        roads["out_drive"][p], roads["out_long"][p] = back["drive"], back["long"]
    return roads


def row_order(problem: Problem, block: Block) -> m.Ints:
    """Return the rows of a block in an order that keeps stops together that are near each other; the others stay.

    With thousands of stops a look at a matrix mostly has to wait for memory, unless what is looked at together lies
    together. The order is that of Morton's curve (1966): the map is halved again and again, by turns east and north.
    """
    order = np.arange(len(block.places), dtype=np.int64)
    stops = {stop.id: stop.location for stop in problem.stops}
    rows = np.array([row for row, place in enumerate(block.places) if place in stops], dtype=np.int64)
    if len(rows) > 1:
        spots = np.array([(stops[block.places[row]].lat, stops[block.places[row]].lon) for row in rows])
        spots -= spots.min(axis=0)
        cell = (spots * ((1 << MORTON_BITS) - 1) / max(float(spots.max()), 1e-9)).astype(np.int64)
        key = np.zeros(len(rows), dtype=np.int64)
        for bit in range(MORTON_BITS):
            key |= ((cell[:, 0] >> bit) & 1) << (2 * bit + 1) | ((cell[:, 1] >> bit) & 1) << (2 * bit)
        order[rows] = rows[np.argsort(key, kind="stable")]
    return order


def insertion_orders(problem: Problem, node: m.Records, load: m.Ints) -> m.Floats:
    """Return ``(7, n)`` sort keys: big loads first, far first, near first, narrow, early, late, dear ones first."""
    n = len(problem.stops)
    if n == 0:
        return np.zeros((7, 0))
    weight = (load[:n] / np.maximum(load[:n].max(axis=0, initial=0), 1)).sum(axis=1)
    lat = np.array([stop.location.lat for stop in problem.stops])
    lon = np.array([stop.location.lon for stop in problem.stops])
    homes = [depot.location for depot in problem.depots[:1]] or [stop.location for stop in problem.stops]
    home_lat, home_lon = np.mean([home.lat for home in homes]), np.mean([home.lon for home in homes])
    away = np.hypot(lat - home_lat, (lon - home_lon) * np.cos(np.radians(home_lat)))
    first, last = (node[field][:n].astype(np.int64) for field in ("first_start", "last_end"))
    penalty = np.array([stop.penalty or 0.0 for stop in problem.stops])
    return np.array([-weight, -away, away, last - first, first, -last, -penalty], dtype=np.float64)

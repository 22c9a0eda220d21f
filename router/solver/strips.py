"""Gaps of many routes side by side, so that a stop is judged in all of them at once.

A gap is a place between two neighbours of a route. A strip is an array with one row for each gap of one
profile whose two ends lie on one land mass.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from router.domain.ids import IslandId, PlaceId, Profile
from router.domain.places import TimeWindow
from router.domain.problem import Stop, StopKind
from router.domain.travel_choice import NO_ROAD
from router.solver.timeline import Timeline
from router.travel.matrix import Block, TravelMatrix

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

UNLIMITED = np.iinfo(np.int64).max
"""Stands for room without limit; only ever compared with."""

VEHICLE, POSITION, ROW, COLUMN, READY, DUE, SECONDS, METERS, ROOM = range(9)
"""Columns of a strip. ``SECONDS`` and ``METERS`` are the road that a stop in the gap would save. From
``ROOM`` on stands the room for a drop-off, one column per load dimension, then the room for a pick-up."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a place stands in the roads of a profile."""

    block: Block
    mass: IslandId
    row: int


def spots(matrix: TravelMatrix) -> dict[tuple[Profile, PlaceId], Spot]:
    """Return the spot of every place for every profile."""
    return {
        (profile, place): Spot(block, mass, row)
        for (profile, mass), block in matrix.blocks.items()
        for row, place in enumerate(block.places)
    }


def rooms(line: Timeline) -> Ints:
    """Return the room in each gap, for drop-offs and then for pick-ups: ``(gaps, 2 * dimensions)``.

    A drop-off burdens the route up to its gap, a pick-up from its gap on.
    """
    capacity = np.array(
        [UNLIMITED if limit is None else limit for limit in line.vehicle.capacity], dtype=np.int64
    )
    load = np.array(line.on_board, dtype=np.int64).reshape(len(line.on_board), len(capacity))
    before = np.maximum.accumulate(load, axis=0)
    behind = np.maximum.accumulate(load[::-1], axis=0)[::-1]
    return np.hstack([capacity - before, capacity - behind])


def strips_of(
    vehicle: int, line: Timeline, where: Mapping[tuple[Profile, PlaceId], Spot]
) -> dict[IslandId, Ints]:
    """Return the gaps of one route by the land mass that both their ends lie on."""
    room = rooms(line)
    rows: dict[IslandId, list[list[int]]] = {}
    for gap, (origin, destination) in enumerate(pairwise(line.places)):
        a, b = (where[line.vehicle.profile, place] for place in (origin, destination))
        if a.mass == b.mass:
            road = (line.journeys[gap].drive, line.journeys[gap].meters) if line.journeys else (0, 0)
            row = [vehicle, gap, a.row, b.row, line.ready[gap], line.due[gap], *road, *room[gap]]
            rows.setdefault(a.mass, []).append(row)
    return {mass: np.array(listed, dtype=np.int64) for mass, listed in rows.items()}


def rows_that_fit(strip: Ints, stop: Stop, spot: Spot, allowed: Bools) -> Ints:
    """Return the rows of a strip in which a stop is possible.

    Args:
        strip: The gaps.
        stop: What is to be inserted.
        spot: Where it stands in the roads of the strip.
        allowed: For each vehicle whether it may serve the stop at all.
    """
    to_stop = spot.block.seconds[strip[:, ROW], spot.row]
    from_stop = spot.block.seconds[spot.row, strip[:, COLUMN]]
    starts, in_time = _begin_of_service(stop.windows, strip[:, READY] + to_stop)
    fits = in_time & allowed[strip[:, VEHICLE]] & (to_stop != NO_ROAD) & (from_stop != NO_ROAD)
    fits &= starts + stop.service + from_stop <= strip[:, DUE]
    first = ROOM if stop.kind is StopKind.DROPOFF else ROOM + len(stop.load)
    room = strip[:, first : first + len(stop.load)]
    fits &= (room >= np.array(stop.load, dtype=np.int64)).all(axis=1)
    return np.flatnonzero(fits)


def more_driven(rows: Ints, spot: Spot) -> tuple[Ints, Ints]:
    """Return how many seconds and metres more are driven when a stop stands in these gaps."""
    block = spot.block
    seconds = block.seconds[rows[:, ROW], spot.row] + block.seconds[spot.row, rows[:, COLUMN]]
    meters = block.meters[rows[:, ROW], spot.row] + block.meters[spot.row, rows[:, COLUMN]]
    return seconds - rows[:, SECONDS], meters - rows[:, METERS]


def _begin_of_service(windows: Sequence[TimeWindow], arrives: Ints) -> tuple[Ints, Bools]:
    if not windows:
        return arrives, np.ones(len(arrives), dtype=np.bool_)
    opens = np.array([window.start for window in windows])
    index = np.searchsorted([window.end for window in windows], arrives)
    return np.maximum(arrives, opens[np.minimum(index, len(windows) - 1)]), index < len(windows)

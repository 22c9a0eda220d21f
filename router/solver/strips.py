"""Gaps of many routes side by side, so that a stop is judged in all of them at once.

A gap is a place between two neighbours of a route. A strip is an array of the gaps on one land mass for one
profile. Where the neighbours of a gap are on other land masses, ports stand in for them: the gap begins at
the port where the vehicle lands, when it lands, and ends at the port where it has to check in, by then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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

UNLIMITED = np.iinfo(np.int64).max // 4
"""Stands for room without limit: far more than any load, far from overflowing when a load is taken off."""

VEHICLE, POSITION, ROW, COLUMN, READY, DUE, SECONDS, METERS, CENTS, ROOM = range(10)
"""Columns of a strip. ``SECONDS``, ``METERS`` and ``CENTS`` (of fares) are what a stop in the gap would save
besides its own roads; less than nothing where it makes the vehicle cross. From ``ROOM`` on stands the room
for a drop-off, one column per load dimension, then the room for a pick-up."""

ANYWHERE = -1
"""Stands for the row or the column of an end of a gap that is wherever the stop is."""


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


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a stop fares in each gap of a strip.

    Attributes:
        late: Seconds by which what follows would be late; not positive where there is time.
        lacks: Load missing in the dimension that lacks most; not positive where there is room.
        possible: Whether time and room are all that matters: roads are there, the vehicle may come and the
            stop is reached before its last window closes.
    """

    late: Ints
    lacks: Ints
    possible: Bools

    def fitting(self) -> Ints:
        """Return the rows that a stop fits into."""
        return np.flatnonzero(self.possible & (self.late <= 0) & (self.lacks <= 0))


def judge(strip: Ints, stop: Stop, spot: Spot, allowed: Bools) -> Verdict:
    """Return how a stop fares in each gap of a strip.

    Args:
        strip: The gaps.
        stop: What is to be inserted.
        spot: Where it stands in the roads of the strip.
        allowed: For each vehicle whether it may serve the stop at all.
    """
    to_stop, from_stop = _roads(spot.block.seconds, strip, spot)
    starts, in_time = _begin_of_service(stop.windows, strip[:, READY] + to_stop)
    first = ROOM if stop.kind is StopKind.DROPOFF else ROOM + len(stop.load)
    missing = np.array(stop.load, dtype=np.int64) - strip[:, first : first + len(stop.load)]
    return Verdict(
        late=starts + stop.service + from_stop - strip[:, DUE],
        lacks=missing.max(axis=1, initial=-UNLIMITED),
        possible=in_time & allowed[strip[:, VEHICLE]] & (to_stop != NO_ROAD) & (from_stop != NO_ROAD),
    )


def more_driven(rows: Ints, spot: Spot) -> tuple[Ints, Ints]:
    """Return how many seconds and metres more are driven when a stop stands in these gaps."""
    to_stop, from_stop = _roads(spot.block.seconds, rows, spot)
    meters_to, meters_from = _roads(spot.block.meters, rows, spot)
    return to_stop + from_stop - rows[:, SECONDS], meters_to + meters_from - rows[:, METERS]


def _roads(matrix: NDArray[np.int32], rows: Ints, spot: Spot) -> tuple[Ints, Ints]:
    """Return the roads to and from a stop in these gaps, or their lengths."""
    before, behind = rows[:, ROW], rows[:, COLUMN]
    to_stop = np.where(before == ANYWHERE, 0, matrix[before, spot.row])
    return to_stop, np.where(behind == ANYWHERE, 0, matrix[spot.row, behind])


def stacked(pieces: Sequence[Mapping[IslandId, Ints]], mass: IslandId) -> Ints | None:
    """Return the gaps of several routes on one land mass, or ``None`` where there are none."""
    found = [piece[mass] for piece in pieces if mass in piece]
    return np.vstack(found) if found else None


def _begin_of_service(windows: Sequence[TimeWindow], arrives: Ints) -> tuple[Ints, Bools]:
    if not windows:
        return arrives, np.ones(len(arrives), dtype=np.bool_)
    opens = np.array([window.start for window in windows])
    index = np.searchsorted([window.end for window in windows], arrives)
    return np.maximum(arrives, opens[np.minimum(index, len(windows) - 1)]), index < len(windows)

"""What a road engine over HTTP has to be able to do; ``osrm.py`` and ``valhalla.py`` say it in their words."""

from collections.abc import Sequence
from typing import Annotated, Protocol

import numpy as np
from pydantic import Field

from router.adapters.matrices.asking import Asker
from router.adapters.matrices.tiles import Chunk, Ints, Spot
from router.domain.ids import Profile
from router.domain.travel_choice import NO_ROAD, TravelProvider

MOST = 2**31 - 1
CELL_BYTES = 256
SPOT_BYTES = 2_048
OTHER_BYTES = 1 << 16
"""No sensible answer takes more for a cell, for a spot with the name of its street, and for all the rest."""

Amount = Annotated[float, Field(ge=0, le=MOST, allow_inf_nan=False)]
"""Seconds or metres in an answer."""


class RoadEngine(Protocol):
    """One kind of road engine, and where its servers are."""

    @property
    def provider(self) -> TravelProvider:
        """What requests call it."""
        ...

    @property
    def table_size(self) -> int:
        """How many origins, and how many destinations, one question may have."""
        ...

    def knows(self, profile: Profile) -> bool:
        """Return whether there is a server for vehicles of this profile."""
        ...

    async def roads(self, asker: Asker, profile: Profile, near: Spot) -> str:
        """Return what the answers depend on besides the spots: settings, and the version of the server's data.

        Raises:
            RoadEngineFailed: the server does not say.
        """
        ...

    async def table(
        self, asker: Asker, profile: Profile, origins: Chunk, destinations: Chunk
    ) -> "tuple[Ints, Ints, Ints, Ints]":
        """Return seconds, metres, and both snaps, as a ``Tile`` has them.

        Raises:
            RoadEngineFailed: there is no answer, or none that makes sense.
        """
        ...


def most_bytes(origins: Chunk, destinations: Chunk) -> int:
    """Return how long an answer to a question of this size may be."""
    cells, spots = len(origins) * len(destinations), len(origins) + len(destinations)
    return CELL_BYTES * cells + SPOT_BYTES * spots + OTHER_BYTES


def whole(amounts: Sequence[float]) -> Ints:
    """Return them rounded half up."""
    return np.floor(np.array(amounts, float) + 0.5).astype(np.int32)


def whole_or_no_road(rows: Sequence[Sequence[float | None]]) -> Ints:
    """Return a matrix rounded half up, ``NO_ROAD`` where it has nothing."""
    amounts = np.array(rows, float)
    return np.where(np.isnan(amounts), NO_ROAD, np.floor(amounts + 0.5)).astype(np.int32)


def is_table(rows: Sequence[Sequence[object]], origins: Chunk, destinations: Chunk) -> bool:
    """Return whether there is a row for each origin with a cell for each destination."""
    return len(rows) == len(origins) and all(len(row) == len(destinations) for row in rows)

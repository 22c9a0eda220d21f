"""The matrix of one land mass, tile by tile: what is remembered, and the engine's answers for the rest."""

import asyncio
import hashlib
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import structlog
from numpy.typing import NDArray

from router.adapters.matrices.asking import Asker
from router.adapters.matrices.road_engine import RoadEngine
from router.adapters.matrices.tiles import Chunk, Ints, Spot, Tile
from router.domain.ids import PlaceId, Profile
from router.domain.travel_choice import NO_ROAD
from router.errors import DomainError, StoreUnavailable
from router.ports import RoadCache
from router.travel.matrix import Block

TILES_AT_ONCE = 32
"""So many are looked up, asked for and kept together: a failure loses no more than these."""

FORM = b"1"
"""Of what is kept; another number forgets everything that was kept in other forms."""

Pair = tuple[Chunk, Chunk]
Result = TypeVar("Result")


class Sheet:
    """The matrix between the spots of one land mass, filled tile by tile."""

    def __init__(self, spots: int) -> None:
        """Make an empty one: no roads."""
        self.seconds: Ints = np.full((spots, spots), NO_ROAD, np.int32)
        self.meters: Ints = np.full((spots, spots), NO_ROAD, np.int32)
        self.snaps: Ints = np.zeros(spots, np.int32)

    def put(self, tile: Tile, row: int, column: int) -> None:
        """Put a tile where its first origin and its first destination stand."""
        height, width = tile.seconds.shape
        self.seconds[row : row + height, column : column + width] = tile.seconds
        self.meters[row : row + height, column : column + width] = tile.meters
        self.snaps[row : row + height] = tile.origin_snaps

    def block(self, places: tuple[PlaceId, ...], rows: NDArray[np.intp]) -> Block:
        """Return the block; places at one spot are 0 s apart, and so is each from itself."""
        for matrix in (self.seconds, self.meters):
            np.fill_diagonal(matrix, 0)
        if len(rows) == len(self.snaps) and (rows == np.arange(len(rows))).all():
            return Block(places=places, seconds=self.seconds, meters=self.meters)
        cells = np.ix_(rows, rows)
        return Block(places=places, seconds=self.seconds[cells], meters=self.meters[cells])


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadTable:
    """What one engine, with its data of today, says for one profile; remembered where there is a cache."""

    engine: RoadEngine
    asker: Asker
    profile: Profile
    roads: str
    cache: RoadCache | None

    async def fill(self, sheet: Sheet, parts: Sequence[Chunk], number: Mapping[Spot, int]) -> None:
        """Put all tiles between the chunks onto the sheet."""
        missing = []
        pairs = [(origins, destinations) for origins in parts for destinations in parts]
        for start in range(0, len(pairs), TILES_AT_ONCE):
            some = pairs[start : start + TILES_AT_ONCE]
            known = await self._remembered(some)
            for pair in some:
                if pair in known:
                    sheet.put(known[pair], number[pair[0][0]], number[pair[1][0]])
                else:
                    missing.append(pair)
        for start in range(0, len(missing), TILES_AT_ONCE):
            some = missing[start : start + TILES_AT_ONCE]
            tiles = await _all_or_first_failure([self._asked(pair) for pair in some])
            for (origins, destinations), tile in zip(some, tiles, strict=True):
                sheet.put(tile, number[origins[0]], number[destinations[0]])
            await self._remember(dict(zip(some, tiles, strict=True)))

    async def _asked(self, pair: Pair) -> Tile:
        seconds, meters, origin_snaps, destination_snaps = await self.engine.table(
            self.asker, self.profile, *pair
        )
        return Tile(
            seconds=seconds, meters=meters, origin_snaps=origin_snaps, destination_snaps=destination_snaps
        )

    async def _remembered(self, pairs: Sequence[Pair]) -> dict[Pair, Tile]:
        """Return what is known; a cache that is out of order knows nothing, and what makes no sense is not used."""
        if self.cache is None:
            return {}
        keys = {self._key(pair): pair for pair in pairs}
        try:
            kept = await self.cache.get(tuple(keys))
        except StoreUnavailable as error:
            structlog.get_logger(__name__).warning("road_cache_unavailable", error=str(error))
            return {}
        tiles = {}
        for key, value in kept.items():
            origins, destinations = keys[key]
            try:
                tiles[keys[key]] = Tile.from_bytes(value, len(origins), len(destinations))
            except DomainError as error:
                structlog.get_logger(__name__).warning("road_cache_garbled", error=str(error))
        return tiles

    async def _remember(self, tiles: Mapping[Pair, Tile]) -> None:
        if self.cache is None:
            return
        try:
            await self.cache.put({self._key(pair): tile.to_bytes() for pair, tile in tiles.items()})
        except StoreUnavailable as error:
            structlog.get_logger(__name__).warning("road_cache_unavailable", error=str(error))

    def _key(self, pair: Pair) -> bytes:
        """Return what a tile is kept under: everything that it depends on, as a digest that tells nobody where."""
        key = hashlib.blake2b(digest_size=32)
        for word in (FORM, self.engine.provider.encode(), self.profile.encode(), self.roads.encode()):
            key.update(len(word).to_bytes(4, "big") + word)
        for chunk in pair:
            key.update(len(chunk).to_bytes(4, "big") + b"".join(spot.packed() for spot in chunk))
        return key.digest()


async def _all_or_first_failure(work: Sequence[Coroutine[None, None, Result]]) -> list[Result]:
    """Return all results in order; the first failure ends the others."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
